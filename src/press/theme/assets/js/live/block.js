/* What the buttons under a program do: run, stop, edit, start over. */

import { chain, keyOf, source } from "../live.js";
import { grade } from "./exercise.js";
import { drafts, hash } from "./store.js";
import { Stopped, session } from "./session.js";

const states = new WeakMap();

export function stateOf(block) {
  if (!states.has(block)) states.set(block, { block, editor: null, job: null, panel: null });
  return states.get(block);
}

export function act(action, pressed) {
  const block = pressed.closest(".highlight");
  const state = stateOf(block);
  const done = { run, check: grade, edit, stop, reset, close, mine, theirs }[action](state);
  Promise.resolve(done).catch((error) => say(state, String(error.message ?? error)));
}

/** The program as the reader has it. */
export function textOf(state) {
  return state.editor ? state.editor.value : source(state.block);
}

export function say(state, text) {
  state.block.querySelector(":scope > .live-bar > .live-status").textContent = text;
}

/** Show these actions, `[name, label]` each; the focus stays in the bar. */
export function offer(state, actions) {
  const bar = state.block.querySelector(":scope > .live-bar");
  const had = bar.contains(document.activeElement)
    ? document.activeElement.dataset.live : null;
  const old = Object.fromEntries([...bar.querySelectorAll("[data-live]")]
    .map((b) => [b.dataset.live, b]));
  const buttons = actions.map(([name, label]) => {
    const button = old[name] ?? Object.assign(document.createElement("button"),
      { type: "button", className: "live-button" });
    button.dataset.live = name;
    if (!old[name] || !button.querySelector(".live-size")) button.textContent = label;
    return button;
  });
  Object.values(old).forEach((b) => { if (!buttons.includes(b)) b.remove(); });
  bar.prepend(...buttons);
  if (had) (buttons.find((b) => b.dataset.live === had) ?? buttons[0]).focus();
}

export function usual(state) {
  const first = state.block.classList.contains("starter") ? ["check", "Check"] : ["run", "Run"];
  const actions = [first];
  if (state.editor) {
    if (state.editor.value !== source(state.block)) actions.push(["reset", "Start over"]);
    actions.push(["close", "Close"]);
  } else {
    actions.push(["edit", drafts.get(keyOf(state.block)) ? "Your edit" : "Edit"]);
  }
  if (state.panel && !actions.some(([name]) => name === "reset")) actions.push(["reset", "Hide"]);
  offer(state, actions);
}

/* Perform a request with the bar and the panel of a block. */
export async function perform(state, request) {
  if (state.job) return null;
  const panel = open(state);
  const before = state.panel;
  state.editor?.mark(0);
  mark(state, 0);
  const job = {
    say: (kind, text) => (kind === "clear" ? panel.clear() : panel.add(kind, text)),
    progress: (text) => say(state, text),
  };
  state.job = job;
  offer(state, [["stop", "Stop"]]);
  say(state, session.warm ? "Running …" : "Loading Python …");
  try {
    return { ...await session.perform(request, job), panel };
  } catch (error) {
    panel.add("note", String(error.message ?? error));
    say(state, error instanceof Stopped ? "Stopped." : "Not run.");
    return null;
  } finally {
    state.job = null;
    if (!panel.element.isConnected) before?.close();
    state.panel = panel.element.isConnected ? panel : null;
    usual(state);
  }
}

async function run(state) {
  const programs = chain(state.block).map((b) => textOf(stateOf(b)));
  const done = await perform(state, { type: "run", programs });
  if (!done) return;
  const time = done.seconds < 0.1 ? "" : ` in ${done.seconds.toFixed(1)} s`;
  if (done.result) {
    done.panel.add("error", done.result.report);
    state.panel = done.panel;
    usual(state);
    fault(state, done.result.line);
    say(state, done.result.line ? `An error in line ${done.result.line}.` : "An error.");
  } else {
    say(state, done.panel.same() ? `Ran${time}: as printed.` : `Ran${time}.`);
  }
}

/** Mark the line of an error in the source or in the editor. */
export function fault(state, line) {
  if (state.editor) state.editor.mark(line);
  else mark(state, line);
}

function mark(state, line) {
  state.block.querySelector(":scope > .live-mark")?.remove();
  if (!line) return;
  const code = state.block.querySelector(":scope > pre > code");
  const style = getComputedStyle(code);
  const height = parseFloat(style.lineHeight);
  const bar = document.createElement("div");
  bar.className = "live-mark";
  bar.style.height = `${height}px`;
  bar.style.top = `${code.offsetTop + parseFloat(style.paddingTop) + (line - 1) * height}px`;
  state.block.append(bar);
}

function stop(state) {
  if (state.job) {
    state.job.cancelled = true;
    session.stop();
  }
}

async function edit(state) {
  if (state.editor) return state.editor.focus();
  const { edit: open } = await import("./editor.js");
  const { block } = state;
  const key = keyOf(block);
  const draft = drafts.get(key);
  const book = source(block);
  const number = [...document.querySelectorAll(".highlight.live")].indexOf(block) + 1;
  mark(state, 0);
  state.editor = open(block, {
    value: draft?.text ?? book,
    label: `Program ${number} of this page`,
    onChange: (text) => {
      if (text === book) drafts.drop(key);
      else drafts.put(key, { of: hash(book), text });
      usual(state);
      if (drafts.refused) say(state, "Your browser keeps no edits here: copy what you want to keep.");
    },
    onRun: () => act(block.classList.contains("starter") ? "check" : "run", block.querySelector(".live-button")),
    onRunNext: () => next(state),
    onClose: () => {},
  });
  state.editor.focus();
  if (draft && draft.of !== hash(book)) {
    say(state, "The book's program has changed since your edit.");
    offer(state, [["mine", "Keep yours"], ["theirs", "Take the book's"]]);
  } else {
    usual(state);
    say(state, draft ? "Your edit." : "");
  }
}

function next(state) {
  act(state.block.classList.contains("starter") ? "check" : "run", state.block.querySelector(".live-button"));
  const blocks = [...document.querySelectorAll(".md-content .highlight.live")]
    .filter((b) => b.offsetParent);
  const after = blocks[blocks.indexOf(state.block) + 1];
  if (!after) return;
  after.scrollIntoView({ block: "center" });
  (stateOf(after).editor ?? after.querySelector(".live-button")).focus();
}

/* After a change of the book: the reader's text becomes an edit of the new. */
function mine(state) {
  const book = source(state.block);
  drafts.put(keyOf(state.block), { of: hash(book), text: state.editor.value });
  usual(state);
  say(state, "Your edit is kept.");
}

function theirs(state) {
  state.editor.value = source(state.block);
  drafts.drop(keyOf(state.block));
  usual(state);
  say(state, "The book's program.");
}

function reset(state) {
  const changed = state.editor && state.editor.value !== source(state.block);
  if (changed) theirs(state);
  state.editor?.mark(0);
  mark(state, 0);
  state.panel?.close();
  state.panel = null;
  usual(state);
  say(state, changed ? "As in the book." : "");
}

function close(state) {
  state.editor.close();
  state.editor = null;
  usual(state);
  say(state, "");
  state.block.querySelector('[data-live="edit"]')?.focus();
}

/* Where output appears: instead of what the book prints, from the first
   line on; until then the page stays as it is. */
function open(state) {
  const before = state.panel;
  const recorded = state.block.nextElementSibling?.matches(".output")
    ? state.block.nextElementSibling : null;
  const element = document.createElement("div");
  element.className = "live-panel";
  element.setAttribute("role", "region");
  element.setAttribute("aria-label", "What your run prints");
  const printed = () => [...element.querySelectorAll(".live-out")].map((e) => e.textContent).join("");
  const panel = {
    element,
    show() {
      if (element.isConnected) return;
      before?.close();
      (recorded ?? state.block).after(element);
      recorded?.classList.add("live-hidden");
    },
    add(kind, text) {
      panel.show();
      if (kind === "figure") return element.append(picture(text));
      let last = element.lastElementChild;
      if (!last?.classList.contains(`live-${kind}`)) {
        last = document.createElement("pre");
        last.className = `live-${kind}`;
        last.tabIndex = 0;
        element.append(last);
      }
      last.append(text);
    },
    clear() {
      element.replaceChildren();
      panel.close();
    },
    same: () => recorded !== null
      && printed().trimEnd() === recorded.querySelector("code").textContent.trimEnd(),
    close() {
      element.remove();
      recorded?.classList.remove("live-hidden");
    },
  };
  return panel;
}

function picture(text) {
  const [data, ...words] = text.split("\n");
  const image = document.createElement("img");
  image.src = `data:image/png;base64,${data}`;
  image.alt = words.join(" ");
  image.className = "live-figure";
  return image;
}
