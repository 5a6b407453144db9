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

function light(event) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (event.type === "pointerout" || event.type === "focusout") return;
  const met = event.target.closest?.(".eq-line, .equation[id]");
  const name = met?.dataset.eq ?? met?.id;
  if (!name) return;
  const equation = document.getElementById(name);
  const lines = document.querySelectorAll(`.eq-line[data-eq="${CSS.escape(name)}"]`);
  if (!equation || !lines.length) return;
  for (const element of [equation, ...lines]) element.classList.add("lit");
}

for (const type of ["pointerover", "pointerout", "focusin", "focusout"]) {
  document.addEventListener(type, light);
}
