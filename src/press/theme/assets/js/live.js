/* First view: a bar with buttons under every program of the page.

   Nothing else is loaded before the first press: the rest comes with
   `live/block.js`, Python with the first Run or Check. */

const MEGA = /(?:^|\s)mb-(\d+)/;
const HEADING = ":is(h1, h2, h3, h4)[id]";
const MARKS = `.md-content :is(${HEADING}, .highlight.live)`;
const WIDTH = { run: "Run", check: "Check", edit: "Edit" };

async function start() {
  const root = document.documentElement;
  delete root.dataset.press;
  bars();
  await lead();
  if (document.querySelector(".exercise, [data-progress]")) {
    await (await import("./live/progress.js")).show();
  }
  await document.fonts.ready;
  root.dataset.press = "ready";  // for who waits, as tests do
}

/* A link to a place that is not here may be one to where it was. */
async function lead() {
  const place = location.hash.slice(1);
  if (!place || document.getElementById(place)) return;
  await (await import("./moved.js")).lead();
}

function bars() {
  const article = document.querySelector(".md-content");
  if (!article) return;
  const drafts = kept();
  for (const block of article.querySelectorAll(".highlight.live")) {
    if (block.querySelector(":scope > .live-bar")) continue;
    block.append(bar(block, drafts));
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
   section it stands in, and its place there. One pass over the page. */
export function keyOf(block) {
  const places = new Map();
  let section = "";
  for (const element of document.querySelectorAll(MARKS)) {
    if (element.matches(HEADING)) {
      section = element.id;
      continue;
    }
    const name = element.closest(".exercise")?.id ?? section;
    const place = places.get(name) ?? 0;
    if (element === block) return `${location.pathname}#${name}/${place}`;
    places.set(name, place + 1);
  }
  return "";  // the page was left
}

function kept() {
  const site = document.querySelector('meta[name="press-store"]')?.content || "press";
  try {
    return new Set(Object.keys(JSON.parse(localStorage.getItem(`${site}:drafts`) ?? "{}")));
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

window.addEventListener("hashchange", lead);
document.addEventListener("click", joined, true);
document.addEventListener("click", async (event) => {
  const pressed = event.target.closest?.("[data-live]");
  if (!pressed) return;
  const { act } = await import("./live/block.js");
  act(pressed.dataset.live, pressed);
});

if (window.document$) window.document$.subscribe(start);
else start();
