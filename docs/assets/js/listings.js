/* Listings: a button opens the rest of a docstring, and folds it again. */

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
