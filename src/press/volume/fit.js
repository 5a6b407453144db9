/* What is wider than the page is made smaller; returns what is not cured.

The document has the width of the page's text. A formula or a table may
shrink to 60 %; what is still too wide is reported by what holds its place. */
(least) => {
  const width = document.body.clientWidth;
  const wide = (e, room) => e.getBoundingClientRect().width > room + 0.5;
  const shrink = (e, room) => {
    const size = parseFloat(getComputedStyle(e).fontSize);
    let share = 1;
    while (wide(e, room()) && share > least) {
      share = Math.max(least, share * Math.min(0.97,
        room() / e.getBoundingClientRect().width));
      e.style.fontSize = `${size * share}px`;
    }
    return share < 1;
  };
  const inner = (e) => {
    const style = getComputedStyle(e);
    return e.clientWidth - parseFloat(style.paddingLeft)
      - parseFloat(style.paddingRight);
  };
  const block = (e) => {
    let up = e.parentElement;
    while (getComputedStyle(up).display.startsWith("inline")) {
      up = up.parentElement;
    }
    return up;
  };
  let shrunk = 0;
  for (const e of document.querySelectorAll("math, table")) {
    if (e.parentElement.closest("math")) continue;
    shrunk += shrink(e, () => inner(block(e)));
  }
  for (const e of document.querySelectorAll("pre")) {
    const lines = e.textContent.trimEnd().split("\n").length;
    if (lines <= 14) e.closest(".highlight")?.classList.add("short");
  }
  const left = document.body.getBoundingClientRect().left;
  const over = [];
  for (const e of document.body.querySelectorAll(
    "p, li, td, th, pre, table, img, svg, math, h1, h2, h3, h4, h5, h6, div",
  )) {
    if (e.parentElement.closest("svg, math")) continue;
    const box = e.getBoundingClientRect();
    const right = Math.max(box.right, box.left + e.scrollWidth
      * (e.tagName === "DIV" || e.tagName === "PRE"));
    if (box.width > 0 && right - left > width + 0.5) {
      over.push([e.closest("[id]")?.id ?? "", e.tagName.toLowerCase(),
        Math.round(right - left - width), e.textContent.trim().slice(0, 60)]);
    }
  }
  return { shrunk, over };
}
