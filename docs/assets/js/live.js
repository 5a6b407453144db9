/* First view: a bar with buttons under every program of the page.

   Nothing else is loaded before the first press: the rest comes with
   `live/block.js`, Python with the first Run or Check. */

const MEGA = /(?:^|\s)mb-(\d+)/;
const WIDTH = { run: "Run", check: "Check", edit: "Edit" };

function start() {
  const article = document.querySelector(".md-content");
  if (!article) return;
  const drafts = kept();
  for (const block of article.querySelectorAll(".highlight.live")) {
    if (block.querySelector(":scope > .live-bar")) continue;
    block.append(bar(block, drafts));
  }
  if (document.querySelector(".exercise, [data-progress]")) {
    import("./live/progress.js").then((m) => m.show());
  }
}

function bar(block, drafts) {
  const element = document.createElement("div");
  element.className = "live-bar";
  const act = block.classList.contains("starter") ? "check" : "run";
  const mega = MEGA.exec(block.className)?.[1];
  const first = button(act, WIDTH[act]);
  if (mega) {
    const size = document.createElement("span");
    size.className = "live-size";
    size.textContent = ` (${mega} MB)`;
    first.append(size);
    first.title = "Runs in your browser. The first time, Python is downloaded.";
  }
  const edit = button("edit", WIDTH.edit);
  if (drafts.size && drafts.has(keyOf(block))) edit.textContent = "Your edit";
  const status = document.createElement("span");
  status.className = "live-status";
  status.setAttribute("role", "status");
  element.append(first, edit, status);
  return element;
}

function button(action, text) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "live-button";
  element.dataset.live = action;
  element.textContent = text;
  return element;
}

/* How a program is called where its edits are kept: the exercise or the
   section it stands in, and its place there. */
export function keyOf(block) {
  const exercise = block.closest(".exercise");
  const blocks = [...document.querySelectorAll(".md-content .highlight.live")];
  const owner = (b) => b.closest(".exercise")?.id ?? heading(b);
  const name = exercise?.id ?? heading(block);
  const place = blocks.filter((b) => owner(b) === name).indexOf(block);
  return `${location.pathname}#${name}/${place}`;
}

function heading(block) {
  let last = "";
  for (const h of document.querySelectorAll(".md-content :is(h1, h2, h3, h4)[id]")) {
    if (h.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING) last = h.id;
  }
  return last;
}

function kept() {
  try {
    return new Set(Object.keys(JSON.parse(localStorage.getItem("derivable:drafts") ?? "{}")));
  } catch {
    return new Set();
  }
}

/* The program that Copy gives is the one that was tested: a continuation
   with what it continues. */
function joined(event) {
  const copy = event.target.closest?.("[data-clipboard-target]");
  const block = copy?.closest(".highlight.continuation");
  if (block) copy.dataset.clipboardText = chain(block).map(source).join("\n\n");
}

/* A program and those it continues, first first. In a project these are the
   solutions as well, as the book has them. */
export function chain(block) {
  if (!block.classList.contains("continuation")) return [block];
  const goesOn = (b) => (b.closest(".exercise")
    ? b.matches(".solution.continuation")
    : b.matches(".live") && !b.closest("details.check"));
  const blocks = [...document.querySelectorAll(".md-content .highlight")]
    .filter((b) => b === block || goesOn(b));
  const before = blocks[blocks.indexOf(block) - 1];
  return before ? [...chain(before), block] : [block];
}

/* What the book prints, whatever was edited. */
export function source(block) {
  return block.querySelector(":scope > pre > code").textContent.replace(/\n$/, "");
}

document.addEventListener("click", joined, true);
document.addEventListener("click", async (event) => {
  const pressed = event.target.closest?.("[data-live]");
  if (!pressed) return;
  const { act } = await import("./live/block.js");
  act(pressed.dataset.live, pressed);
});

if (window.document$) window.document$.subscribe(start);
else start();
