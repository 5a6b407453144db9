// What the theme wants to run before the first paint. The theme writes it
// into every page as inline scripts; the pages allow none, so it is here.
// Loaded in the head, synchronously, and run once in a visit: instant
// navigation keeps what it defines. At the end, what the theme leaves undone
// for readers who use the keyboard.
"use strict";

{
  const root = document.documentElement;
  const { scope } = document.currentScript.dataset;

  // The folder of the site: what is stored belongs to it alone.
  const folder = new URL(scope, location);
  window.__md_scope = folder.pathname.endsWith("/")
    ? folder
    : new URL(`${folder.pathname}/`, location);

  window.__md_hash = text =>
    [...text].reduce((hash, c) => (hash << 5) - hash + c.charCodeAt(0), 0);

  window.__md_get = (key, storage = localStorage, place = __md_scope) =>
    JSON.parse(storage.getItem(`${place.pathname}.${key}`));

  window.__md_set = (key, value, storage = localStorage, place = __md_scope) => {
    try {
      storage.setItem(`${place.pathname}.${key}`, JSON.stringify(value));
    } catch {
      // A full or refused storage loses a preference, not the page.
    }
  };

  // Zensical's style asks for it.
  root.setAttribute("data-platform", navigator.platform);

  const stored = key => {
    try {
      return __md_get(key);
    } catch {
      return null; // the storage is refused, or holds no JSON
    }
  };

  // The palette: on the body as soon as its inputs are parsed. One that
  // follows the system, and that of a first visit, is read from the inputs.
  const system = "(prefers-color-scheme)";
  const paint = () => {
    const colors = { ...(stored("__palette")?.color ?? { media: system }) };
    if (colors.media === system) {
      const light = matchMedia("(prefers-color-scheme: light)").matches;
      const media = `(prefers-color-scheme: ${light ? "light" : "dark"})`;
      const input = document.querySelector(`[data-md-color-media='${media}']`);
      if (!input) return false;
      for (const key of ["media", "scheme", "primary", "accent"]) {
        colors[key] = input.getAttribute(`data-md-color-${key}`);
      }
    }
    for (const [key, value] of Object.entries(colors)) {
      document.body.setAttribute(`data-md-color-${key}`, value);
    }
    return true;
  };
  const parsing = new MutationObserver(() => {
    if (document.body && paint()) parsing.disconnect();
  });
  parsing.observe(root, { childList: true, subtree: true });

  // Content tabs: those chosen before, and the one that the address names.
  const choose = () => {
    const names = stored("__tabs");
    for (const set of document.querySelectorAll(".tabbed-set")) {
      const labels = [...set.querySelectorAll(":scope > .tabbed-labels > label")];
      const label = (Array.isArray(names) ? names : [])
        .map(name => labels.find(l => l.innerText.trim() === name))
        .find(Boolean);
      if (label) check(document.getElementById(label.htmlFor));
    }
    const target = document.getElementById(location.hash.slice(1));
    if (target?.name?.startsWith("__tabbed_")) check(target);
  };
  const check = input => {
    if (!input.checked) input.click(); // the theme hears of a click
  };

  // What scrolls sideways is reached by Tab. The theme sees to code, where a
  // pointer can hover, and takes it back elsewhere; not to tables, equations.
  const scrolling =
    "pre > code, .md-typeset__scrollwrap, .equation-body, .math-long";
  const settle = entries => {
    for (const { target } of entries) {
      const wide = target.scrollWidth > target.clientWidth;
      if (wide !== target.hasAttribute("tabindex")) {
        target.toggleAttribute("tabindex", wide);
        if (wide) target.tabIndex = 0;
      }
      if (target.matches(".md-typeset__scrollwrap")) {
        target.role = wide ? "group" : null;
        target.ariaLabel = wide ? "Table, scrolls sideways" : null;
      }
    }
  };
  const sizes = new ResizeObserver(settle);
  const taken = new MutationObserver(settle);
  const reach = () => {
    sizes.disconnect();
    taken.disconnect();
    for (const element of document.querySelectorAll(scrolling)) {
      sizes.observe(element);
      taken.observe(element, { attributeFilter: ["tabindex"] });
    }
  };

  // A link within the page stays within it. The theme would fetch the page and
  // put it in place of itself, with what the reader has run, as long as it has
  // fetched no page to compare with; it leaves a link with a target alone.
  let fetched = false;
  const within = event => {
    const link = event.target.closest?.("a[href*='#']");
    const page = url => url.origin + url.pathname + url.search;
    return link && page(link) === page(location) ? link : null;
  };
  const stay = event => {
    if (!fetched) within(event)?.setAttribute("target", "_self");
  };
  document.addEventListener("click", stay, true);
  addEventListener("popstate", event => {
    if (!fetched) event.stopImmediatePropagation();
  });

  // It takes the focus along: the theme scrolls only, and the next Tab would
  // be back at the link.
  const follow = event => {
    const link = within(event);
    link?.removeAttribute("target");
    const keyboard = event.detail === 0;
    if (!link || !keyboard) return;
    const id = decodeURIComponent(link.hash.slice(1));
    const target = document.getElementById(id);
    if (!target) return;
    if (target.tabIndex < 0) {
      target.tabIndex = -1;
      const undo = () => target.removeAttribute("tabindex");
      target.addEventListener("blur", undo, { once: true });
    }
    target.focus({ preventScroll: true });
  };
  document.addEventListener("click", follow);

  document.addEventListener("DOMContentLoaded", () => {
    parsing.disconnect();
    choose();
    reach();
    window.location$?.subscribe(() => {
      fetched = true;
    });
    window.document$?.subscribe(() => {
      choose(); // after instant navigation
      reach();
    });
  });
}
