/*
 * Editing a block of Python in its place, without a heavy editor.
 *
 * A text field with invisible letters and a visible caret lies on a copy of
 * its text that is coloured as the book colours it. Both stand in one box that
 * scrolls, so that they cannot drift apart. What keys do beyond a text field
 * goes through the browser's own editing, so that its undo survives.
 */

const STOP = 4;
const LONGEST = 200_000; // of more characters than this, none is coloured

const toStop = (column) => " ".repeat(STOP - (column % STOP));

/* The tokeniser: the Python lexer of Pygments, rule by rule. */

const words = (text) => new Set(text.split(" "));

const KEYWORDS =
  "assert|async|await|break|continue|del|elif|else|except|finally|for|global|" +
  "if|lambda|pass|raise|nonlocal|return|try|while|yield|as|with";
const INNER_KEYWORDS = words("await else for if lambda yield");
const CONSTANTS = words("True False None");
const WORD_OPERATORS = words("in is and or not");
const PSEUDO = words("self Ellipsis NotImplemented cls");
const BUILTINS = words(
  "__import__ abs aiter all any bin bool bytearray breakpoint bytes callable " +
    "chr classmethod compile complex delattr dict dir divmod enumerate eval " +
    "filter float format frozendict frozenset getattr globals hasattr hash " +
    "hex id input int isinstance issubclass iter len list locals map max " +
    "memoryview min next object oct open ord pow print property range repr " +
    "reversed round sentinel set setattr slice sorted staticmethod str sum " +
    "super tuple type vars zip",
);
const EXCEPTIONS = words(
  "BaseException Exception GeneratorExit KeyboardInterrupt StopAsyncIteration " +
    "StopIteration SystemExit Warning",
);
const ERRORS = words(
  "Arithmetic Assertion Attribute BlockingIO BrokenPipe Buffer ChildProcess " +
    "ConnectionAborted Connection ConnectionRefused ConnectionReset EOF " +
    "Environment FileExists FileNotFound FloatingPoint IO Import Indentation " +
    "Index Interrupted IsADirectory Key Lookup Memory ModuleNotFound Name " +
    "NotADirectory NotImplemented OS Overflow Permission ProcessLookup " +
    "Recursion Reference Runtime Syntax System Tab Timeout Type UnboundLocal " +
    "UnicodeDecode UnicodeEncode Unicode UnicodeTranslate VMS Value Windows " +
    "ZeroDivision",
);
const WARNINGS = words(
  "Bytes Deprecation Encoding Future Import PendingDeprecation Resource " +
    "Runtime Syntax Unicode User",
);
const MAGIC_METHODS = words(
  "abs add aenter aexit aiter and anext await bool bytes call complex contains " +
    "del delattr delete delitem dir divmod enter eq exit float floordiv format " +
    "ge get getattr getattribute getitem gt hash iadd iand ifloordiv ilshift " +
    "imatmul imod imul index init instancecheck int invert ior ipow irshift " +
    "isub iter itruediv ixor le len length_hint lshift lt matmul missing mod " +
    "mul ne neg new next or pos pow prepare radd rand rdivmod repr reversed " +
    "rfloordiv rlshift rmatmul rmod rmul ror round rpow rrshift rshift rsub " +
    "rtruediv rxor set setattr setitem str sub subclasscheck truediv xor",
);
const MAGIC_NAMES = words(
  "annotations bases class closure code defaults dict doc file func globals " +
    "kwdefaults module mro name objclass qualname self slots weakref",
);
const NAME = "[\\p{XIDS}_]\\p{XIDC}*";
const SPACE = "(?:\\s|\\\\\\s)+";

const isException = (word) =>
  EXCEPTIONS.has(word) ||
  (word.endsWith("Error") && ERRORS.has(word.slice(0, -5))) ||
  (word.endsWith("Warning") && WARNINGS.has(word.slice(0, -7)));

function magic(word) {
  const inner = /^__(\w+)__$/.exec(word)?.[1];
  if (MAGIC_METHODS.has(inner)) return "fm";
  return MAGIC_NAMES.has(inner) ? "vm" : "";
}

/** The class of a name inside an expression; `free`: no dot stands before it. */
function nameClass(word, free) {
  if (WORD_OPERATORS.has(word)) return "ow";
  if (INNER_KEYWORDS.has(word)) return "k";
  if (CONSTANTS.has(word)) return "kc";
  if (free && BUILTINS.has(word)) return "nb";
  if (free && PSEUDO.has(word)) return "bp";
  if (free && isException(word)) return "ne";
  return magic(word) || "n";
}

/**
 * A rule: what it matches, the class of the match or of each of its groups,
 * and what follows: the name of a state to enter, "pop", or nothing.
 */
const rule = (source, classes, then) => ({
  pattern: new RegExp(source, "muy"),
  classes,
  then,
});

const EXPRESSION = [
  rule("([rR][fFtT]|[fFtT][rR])(\"\"\"|'''|[\"'])", stringClasses, "rf"),
  rule("([fFtT])(\"\"\"|'''|[\"'])", stringClasses, "f"),
  rule("([rR][bB]|[bB][rR]|[rR])(\"\"\"|'''|[\"'])", stringClasses, "r"),
  rule("([uU]?)(\"\"\"|'''|[\"'])", stringClasses, "s"),
  rule("([bB])(\"\"\"|'''|[\"'])", stringClasses, "b"),
  rule("[^\\S\\n]+", ""),
  rule(
    "(?:\\d(?:_?\\d)*\\.(?:\\d(?:_?\\d)*)?|\\.\\d(?:_?\\d)*)" +
      "(?:[eE][+-]?\\d(?:_?\\d)*)?",
    "mf",
  ),
  rule("\\d(?:_?\\d)*[eE][+-]?\\d(?:_?\\d)*j?", "mf"),
  rule("0[oO](?:_?[0-7])+", "mo"),
  rule("0[bB](?:_?[01])+", "mb"),
  rule("0[xX](?:_?[a-fA-F0-9])+", "mh"),
  rule("\\d(?:_?\\d)*", "mi"),
  rule("!=|==|<<|>>|:=|[\\-~+/*%=<>&^|.]", "o"),
  rule("[\\]{}:\\(\\),;\\[]", "p"),
  rule("(?:async for|yield from)\\b", "k"),
  rule(NAME, (m) => [nameClass(m[0], m.input[m.index - 1] !== ".")]),
  rule(`@${NAME}`, "nd"),
  rule("@", "o"),
];

const OPENING = rule("[{(\\[]", "p", "inner");
const ANY_SPACE = rule("\\s+", "");
const LEAVE = rule("", "", "pop");

const STATES = {
  root: [
    rule("\\n", ""),
    rule(
      "^(\\s*)([rRuUbB]{0,2})(\"\"\"[^]*?\"\"\"|'''[^]*?''')",
      ["", "sa", "sd"],
    ),
    rule("#[^\\n]*", "c1"),
    rule("\\\\\\n|\\\\", ""),
    rule(
      "^([ \\t]*)(match|case)(?!\\p{XIDC}|[ \\t]*(?:[:,;=^&|@~\\)\\]\\}]|" +
        `(?:${KEYWORDS}|and|class|def|from|import|in|is|not|or)\\b))`,
      ["", "k"],
      "soft",
    ),
    rule(`(def)(${SPACE})`, ["k", ""], "funcname"),
    rule(`(class)(${SPACE})`, ["k", ""], "classname"),
    rule("yield from\\b", "k"),
    rule(`(from)(${SPACE})`, ["kn", ""], "fromimport"),
    rule(`(import)(${SPACE})`, ["kn", ""], "import"),
    rule(`(?:${KEYWORDS})(?!\\p{XIDC})`, "k"),
    ...EXPRESSION,
  ],
  soft: [rule("(\\s+)([^\\n_]*)(_)(?!\\p{XIDC})", ["", null, "k"]), LEAVE],
  funcname: [
    rule(NAME, (m) => [magic(m[0]) === "fm" ? "fm" : "nf"], "pop"),
    LEAVE,
  ],
  classname: [rule(NAME, "nc", "pop"), LEAVE],
  import: [
    rule("(\\s+)(as)(\\s+)", ["", "k", ""]),
    rule("\\.", "nn"),
    rule(NAME, "nn"),
    rule("(\\s*)(,)(\\s*)", ["", "o", ""]),
    LEAVE,
  ],
  fromimport: [
    rule("(\\s+)(import)\\b", ["", "kn"], "pop"),
    rule("\\.", "nn"),
    rule("None\\b", "kc", "pop"),
    rule(NAME, "nn"),
    LEAVE,
  ],
  field: [
    OPENING,
    rule("(?:=\\s*)?(?:![sraf])?[\\}:]", "si", "pop"),
    ANY_SPACE,
    ...EXPRESSION,
  ],
  inner: [OPENING, rule("[\\]\\)\\}]", "p", "pop"), ANY_SPACE, ...EXPRESSION],
};

function stringClasses(match) {
  return ["sa", match[2][0] === '"' ? "s2" : "s1"];
}

/** The rules inside a string of a kind (f, rf, s, b, r), up to its quote. */
function stringRules(kind, quote) {
  const colour = quote[0] === '"' ? "s2" : "s1";
  const simple = "\\\\(?:[\\\\abfnrtv\"']|\\n|x[a-fA-F0-9]{2}|[0-7]{1,3})";
  const named = "\\\\(?:N\\{.*?\\}|u[a-fA-F0-9]{4}|U[a-fA-F0-9]{8})";
  const rules = [];
  if (kind.endsWith("f")) rules.push(rule("\\{\\{|\\}\\}", "se"));
  if (kind === "f" || kind === "s") rules.push(rule(named, "se"));
  if (!kind.startsWith("r")) rules.push(rule(simple, "se"));
  rules.push(rule(quote, colour, "pop"));
  if (quote.length === 1) rules.push(rule(`\\\\[\\\\${quote}\\n]`, "se"));
  if (kind.endsWith("f")) {
    rules.push(
      rule("\\}", "si"),
      rule("\\{", "si", "field"),
      rule("[^\\\\'\"{}\\n]+|['\"\\\\]", colour),
    );
  } else {
    rules.push(
      rule(
        "%(?:\\(\\w+\\))?[\\-#0 +]*(?:[0-9]+|[*])?(?:\\.(?:[0-9]+|[*]))?" +
          "[hlL]?[E-GXc-giorsaux%]|" +
          "\\{(?:\\w+(?:\\.\\w+|\\[[^\\]]+\\])*)?(?:![sra])?" +
          "(?::(?:.?[<>=^])?[\\-+ ]?#?0?\\d*,?(?:\\.\\d+)?[E-GXb-gnosx%]?)?\\}",
        "si",
      ),
      rule("[^\\\\'\"%\\{\\n]+|['\"\\\\]|%|\\{", colour),
    );
  }
  if (quote.length === 3) rules.push(rule("\\n", colour));
  return rules;
}

for (const kind of ["f", "rf", "s", "b", "r"]) {
  for (const quote of ['"""', "'''", '"', "'"]) {
    STATES[kind + quote] = stringRules(kind, quote);
  }
}

/** The tokens of a program, as [class, text]; "" is the class of space. */
export function tokenise(text) {
  const tokens = [];
  const push = (kind, part) => {
    if (!part) return;
    const last = tokens.at(-1);
    if (last?.[0] === kind) last[1] += part;
    else tokens.push([kind, part]);
  };
  let stack = ["root"];
  let at = 0;
  while (at < text.length) {
    const found = firstMatch(STATES[stack.at(-1)], text, at);
    if (!found) {
      if (text[at] === "\n") stack = ["root"];
      push(text[at] === "\n" ? "" : "err", text[at]);
      at += 1;
      continue;
    }
    const [{ classes, then }, match] = found;
    const kinds = typeof classes === "function" ? classes(match) : classes;
    if (typeof kinds === "string") push(kinds, match[0]);
    else if (match.length === 1) push(kinds[0], match[0]);
    else {
      kinds.forEach((kind, i) => {
        if (kind !== null) push(kind, match[i + 1]);
        else tokenise(match[i + 1]).forEach((token) => push(...token));
      });
    }
    if (then === "pop") stack.pop();
    else if (then) stack.push(then in STATES ? then : then + match[2]);
    at += match[0].length;
  }
  return tokens;
}

function firstMatch(rules, text, at) {
  for (const one of rules) {
    one.pattern.lastIndex = at;
    const match = one.pattern.exec(text);
    if (match) return [one, match];
  }
  return null;
}

/** The tokens line by line: a token that spans lines is cut. */
function lines(text) {
  const rows = [[]];
  const tokens = text.length > LONGEST ? [["", text]] : tokenise(text);
  for (const [kind, whole] of tokens) {
    whole.split("\n").forEach((part, i) => {
      if (i > 0) rows.push([]);
      if (part) rows.at(-1).push([kind, part]);
    });
  }
  return rows;
}

function lineElement(row) {
  const line = document.createElement("span");
  for (const [kind, part] of row) {
    const token = kind ? document.createElement("span") : null;
    token?.classList.add(kind);
    token?.append(part);
    line.append(token ?? part);
  }
  line.append("\n");
  return line;
}

/** Colour a text in a layer; lines that did not change stay as they are. */
function paint(layer, text) {
  const rows = lines(text);
  const before = layer.painted ?? [];
  const after = rows.map((row) => row.flat().join("\0"));
  const most = Math.min(before.length, after.length);
  let head = 0;
  let tail = 0;
  while (head < most && before[head] === after[head]) head += 1;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) {
    tail += 1;
  }
  const next = layer.children[before.length - tail] ?? null;
  const fresh = document.createDocumentFragment();
  for (const row of rows.slice(head, rows.length - tail)) {
    fresh.append(lineElement(row));
  }
  for (let i = before.length - tail - head; i > 0; i -= 1) {
    layer.children[head].remove();
  }
  layer.insertBefore(fresh, next);
  layer.painted = after;
}

/** Text from elsewhere, with what Python and the columns can bear. */
export function normalise(text) {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/[\u00a0\u2007\u202f]/g, " ")
    .replace(/[\ufeff\u200b]|[\0-\x08\x0b-\x1f\x7f]/g, "")
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/^.*\t.*$/gm, expandTabs);
}

function expandTabs(line) {
  const [first, ...rest] = line.split("\t");
  return rest.reduce((out, part) => out + toStop(out.length) + part, first);
}

/* What keys do: each returns [start, end, text, selection] or nothing. */

const startOfLine = (text, at) => text.lastIndexOf("\n", at - 1) + 1;

/** The whole lines that a selection touches: [start, end, lines]. */
function selectedLines(text, from, to) {
  const start = startOfLine(text, from);
  const last = to > from && text[to - 1] === "\n" ? to - 1 : to;
  const next = text.indexOf("\n", last);
  const end = next < 0 ? text.length : next;
  return [start, end, text.slice(start, end).split("\n")];
}

/** Replace selected lines one by one, and keep what was selected selected. */
function changeLines(text, from, to, change) {
  const [start, end, before] = selectedLines(text, from, to);
  const after = before.map(change);
  const joined = after.join("\n");
  if (joined === text.slice(start, end)) return null;
  const grown = joined.length - (end - start);
  const first = after[0].length - before[0].length;
  const left = from === to || from > start ? from + first : start;
  const right = from === to ? left : to + grown;
  return [start, end, joined, [Math.max(start, left), Math.max(start, right)]];
}

const spaces = (line) => /^ */.exec(line)[0].length;

const indentLine = (line) =>
  line ? toStop(spaces(line)) + line : line;

const dedentLine = (line) =>
  line.slice(spaces(line) ? ((spaces(line) - 1) % STOP) + 1 : 0);

function indent(text, from, to) {
  if (from !== to) return changeLines(text, from, to, indentLine);
  const column = from - startOfLine(text, from);
  return [from, to, toStop(column)];
}

const dedent = (text, from, to) => changeLines(text, from, to, dedentLine);

function comment(text, from, to) {
  const [, , all] = selectedLines(text, from, to);
  const full = all.filter((line) => line.trim());
  if (full.length && full.every((line) => /^\s*#/.test(line))) {
    return changeLines(text, from, to, (l) => l.replace(/^(\s*)# ?/, "$1"));
  }
  const column = Math.min(...(full.length ? full : all).map(spaces));
  return changeLines(text, from, to, (line) =>
    line.trim() || !full.length
      ? `${line.slice(0, column)}# ${line.slice(column)}`
      : line,
  );
}

function newLine(text, from, to) {
  const before = text.slice(startOfLine(text, from), from);
  const last = tokenise(text.slice(0, from))
    .filter(([kind, part]) => kind !== "c1" && part.trim())
    .at(-1);
  const opens =
    /:\s*(#.*)?$/.test(before) && last?.[0] === "p" && last[1].endsWith(":");
  return [from, to, `\n${" ".repeat(spaces(before) + (opens ? STOP : 0))}`];
}

function backspace(text, from, to) {
  const column = from - startOfLine(text, from);
  if (from !== to || column < 2) return null;
  if (text.slice(from - column, from).trim()) return null;
  const size = ((column - 1) % STOP) + 1;
  return size > 1 ? [from - size, from, ""] : null;
}

/* The editor. */

const editors = new WeakMap();
let count = 0;

/** The style sheet, in the body: what is in the head goes with its page. */
function style() {
  const url = new URL("../../css/editor.css", import.meta.url).href;
  if ([...document.styleSheets].some((sheet) => sheet.href === url)) return null;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  const loaded = new Promise((done) => {
    link.onload = done;
    link.onerror = done;
  });
  document.body.append(link);
  return loaded;
}

await style();

function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

const HELP =
  "Tab indents. To leave with the keyboard, press Esc, then Tab. " +
  "Control Enter runs, Shift Enter runs and moves on.";

function build(label) {
  const id = `editor-help-${(count += 1)}`;
  const layer = make("span", { class: "editor-layer", "aria-hidden": "true" });
  const field = make("textarea", {
    class: "editor-field",
    "aria-label": label,
    "aria-describedby": id,
    autocapitalize: "off",
    autocomplete: "off",
    autocorrect: "off",
    spellcheck: "false",
    translate: "no",
    wrap: "off",
    rows: "1",
  });
  const help = make("span", { id, hidden: "" }, HELP);
  const hint = make("span", { class: "editor-hint", role: "status" });
  const box = make(
    "code",
    {},
    make("span", { class: "editor-text" }, layer, field),
  );
  const root = make("pre", { class: "editor" }, box, help, hint);
  return { root, box, layer, field, help, hint };
}

const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** Write over what is selected, through the browser's own editing. */
function write(field, text) {
  const { value, selectionStart: from, selectionEnd: to } = field;
  if (!text) return from === to || document.execCommand("delete");
  // Chromium inserts lines of text in quadratic time, but not those of HTML.
  if (
    text.split("\n").length > 50 &&
    document.execCommand("insertHTML", false, escape(text))
  ) {
    if (field.value === value.slice(0, from) + text + value.slice(to)) return true;
    document.execCommand("undo");
    field.setSelectionRange(from, to);
  }
  return document.execCommand("insertText", false, text);
}

/**
 * Replace a range as a reader's own typing would: one step of undo. Browsers
 * report every line of it; `busy` is so that it counts as one change.
 */
function type(parts, [from, to, text, selection]) {
  const { field } = parts;
  const active = document.activeElement;
  parts.busy = true;
  if (active !== field) field.focus({ preventScroll: true });
  field.setSelectionRange(from, to);
  if (!write(field, text)) field.setRangeText(text, from, to, "end");
  if (selection) field.setSelectionRange(...selection);
  parts.busy = false;
  parts.changed();
  if (active === field) return;
  field.blur();
  if (active instanceof HTMLElement) active.focus({ preventScroll: true });
}

/** Where a position of the text stands on the screen, in the coloured copy. */
function place(layer, text, at) {
  const row = text.slice(0, at).split("\n").length - 1;
  let left = at - startOfLine(text, at);
  const walker = document.createTreeWalker(layer.children[row], 4);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    range.setStart(node, Math.min(left, node.length));
    if (left <= node.length) break;
    left -= node.length;
  }
  range.collapse(true);
  const found = range.getBoundingClientRect();
  return found.height ? found : layer.children[row].getBoundingClientRect();
}

/**
 * Browsers round the width of each coloured piece up to a 64th of a pixel, and
 * hundreds of pieces in a line would add up to a letter. A letter that is so
 * many 64ths wide (a hair less, for the sums) leaves nothing to round.
 */
function fit(layer) {
  const probe = make("span", { class: "editor-probe" }, "0".repeat(1000));
  layer.after(probe);
  const width = probe.getBoundingClientRect().width / 1000;
  probe.remove();
  const spacing = Math.round(width * 64) / 64 - width - 1e-5;
  layer.parentElement.style.letterSpacing = `${spacing.toFixed(6)}px`;
}

/** Scroll sideways so that the caret is seen. */
function reveal({ box, layer, field }) {
  field.scrollLeft = 0;
  field.scrollTop = 0;
  if (field.selectionStart !== field.selectionEnd) return;
  if (document.activeElement !== field) return;
  const { left } = place(layer, field.value, field.selectionEnd);
  const frame = box.getBoundingClientRect();
  const margin = parseFloat(getComputedStyle(box).paddingRight);
  const right = frame.left + box.clientLeft + box.clientWidth - margin;
  const start = frame.left + box.clientLeft + margin;
  if (left > right) box.scrollLeft += left - right;
  else if (left < start) box.scrollLeft += left - start;
}

/** Scroll the page so that the caret of a long insertion is seen. */
function revealRow({ layer, field }) {
  if (document.activeElement !== field) return;
  const caret = place(layer, field.value, field.selectionEnd);
  const seen = window.visualViewport?.height ?? window.innerHeight;
  const behavior = "instant";
  if (caret.bottom > seen) {
    window.scrollBy({ top: caret.bottom - seen + 40, behavior });
  } else if (caret.top < 0) {
    window.scrollBy({ top: caret.top - 120, behavior });
  }
}

/** What a key asks for: the name of an action, or nothing. */
function action(event) {
  const command = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (event.key === "Enter" && command) return "run";
  if (command) return event.key === "/" ? "comment" : "";
  if (event.altKey) return "";
  if (event.key === "Enter" && event.shiftKey) return "next";
  if (event.key === "Tab") return event.shiftKey ? "dedent" : "indent";
  return event.key === "Escape" ? "leave" : "";
}

const CHANGES = { indent, dedent, comment };
const BEFORE = {
  insertLineBreak: newLine,
  insertParagraph: newLine,
  deleteContentBackward: backspace,
};

function listen(parts, options, mark) {
  const { field, layer, hint } = parts;
  let leaving = false;
  let hinted = false;
  const apply = (change) => {
    const done = change(field.value, field.selectionStart, field.selectionEnd);
    if (done) type(parts, done);
    return Boolean(done);
  };
  parts.changed = () => {
    if (parts.busy) return;
    mark(0);
    paint(layer, field.value);
    reveal(parts);
    revealRow(parts);
    options.onChange?.(field.value);
  };
  const say = (text) => {
    if (hint.textContent !== text) hint.textContent = text;
  };

  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    const what = action(event);
    const tab = what === "indent" || what === "dedent";
    const left = leaving;
    leaving = what === "leave";
    if (tab && left) return say("");
    say(leaving ? "Tab leaves now." : "");
    if (!what || leaving) return;
    event.preventDefault();
    if (what === "run") options.onRun?.();
    else if (what === "next") options.onRunNext?.();
    else apply(CHANGES[what]);
    if (tab && !hinted) {
      hinted = true;
      say("Tab indents. Esc, then Tab leaves.");
    }
  });
  field.addEventListener("blur", () => {
    leaving = false;
    say("");
  });
  field.addEventListener("beforeinput", (event) => {
    if (parts.busy || event.isComposing || !event.cancelable) return;
    const change = BEFORE[event.inputType];
    if (change && apply(change)) event.preventDefault();
    if (event.inputType !== "insertFromDrop" || !event.data) return;
    const text = normalise(event.data);
    if (text === event.data) return;
    event.preventDefault();
    apply((_, from, to) => [from, to, text]);
  });
  field.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain");
    if (!text) return;
    event.preventDefault();
    apply((_, from, to) => [from, to, normalise(text)]);
  });
  field.addEventListener("input", parts.changed);
  field.addEventListener("selectionchange", () => {
    if (!parts.busy) reveal(parts);
  });
}

/**
 * Edit a block in its place.
 *
 * The block is not changed but for an element put after its <pre>, which
 * close() takes away. A mark goes when the text changes.
 *
 * @param {HTMLElement} block The div.highlight.
 * @param {{value?: string, label?: string, onChange?: (text: string) => void,
 *   onRun?: () => void, onRunNext?: () => void, onClose?: () => void}} options
 */
export function edit(block, options = {}) {
  if (editors.has(block)) return editors.get(block);
  style();
  const pre = block.querySelector(":scope > pre");
  const parts = build(options.label ?? "Python code");
  const { root, layer, field, help } = parts;
  field.value = options.value ?? pre.textContent.replace(/\n$/, "");
  field.setSelectionRange(0, 0);
  paint(layer, field.value);

  const mark = (line) => {
    layer.querySelector(".editor-marked")?.classList.remove("editor-marked");
    const found = layer.children[line - 1];
    found?.classList.add("editor-marked");
    if (found) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    help.textContent = found ? `The error is in line ${line}. ${HELP}` : HELP;
  };
  listen(parts, options, mark);
  pre.after(root);
  const resized = new ResizeObserver(() => fit(layer));
  resized.observe(root);
  fit(layer);

  const editor = {
    get value() {
      return field.value;
    },
    set value(text) {
      const next = text.replace(/\r\n?/g, "\n");
      if (next === field.value) return;
      const caret = Math.min(field.selectionStart, next.length);
      type(parts, [0, field.value.length, next, [caret, caret]]);
    },
    mark,
    focus: () => field.focus(),
    close() {
      if (editors.get(block) !== editor) return;
      editors.delete(block);
      resized.disconnect();
      root.remove();
      options.onClose?.();
    },
  };
  editors.set(block, editor);
  return editor;
}
