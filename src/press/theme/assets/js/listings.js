/* Listings: a button opens the rest of a docstring, and folds it again; a line
   of code and the equation that it is light each other. */

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".fold-button");
  if (!button) return;
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
});

/* Copy gives the whole text, folded or not. */
document.addEventListener("click", (event) => {
  const copy = event.target.closest?.("[data-clipboard-target]");
  const code = copy?.closest(".highlight.listing")?.querySelector(":scope > pre > code");
  if (code) copy.dataset.clipboardText = code.textContent.replace(/\n$/, "");
}, true);

/* What the pointer is on, and what has the focus: labels, or nothing. */
const met = { pointer: "", focus: "" };

function light() {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  for (const name of new Set(Object.values(met))) {
    const equation = document.getElementById(name);
    const lines = document.querySelectorAll(`.eq-line[data-eq="${CSS.escape(name)}"]`);
    if (!equation || !lines.length) continue;
    for (const element of [equation, ...lines]) element.classList.add("lit");
  }
}

for (const [type, by] of [["pointerover", "pointer"], ["focusin", "focus"]]) {
  document.addEventListener(type, (event) => {
    const found = event.target.closest?.(".eq-line, .equation[id]");
    met[by] = found?.dataset.eq ?? found?.id ?? "";
    light();
  });
}
for (const [type, by] of [["pointerout", "pointer"], ["focusout", "focus"]]) {
  document.addEventListener(type, () => {
    met[by] = "";
    light();
  });
}
