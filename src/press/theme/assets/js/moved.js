/* An old address leads on: a page that is gone, or a place that stands on
   another page now. The build writes the list of them. */

const SITE = new URL("../../", import.meta.url);

export async function lead() {
  const hash = location.hash.slice(1);
  if (hash && document.getElementById(hash)) return;
  const path = location.pathname.slice(SITE.pathname.length);
  const answer = await fetch(new URL("generated/moved.json", SITE));
  const moved = (await answer.json())[path.replace(/index\.html$/, "")] ?? {};
  const target = moved[hash] ?? onwards(moved[""]);
  if (target !== undefined) location.replace(new URL(target, SITE));
}

/* A page that is gone keeps the place that was asked for, unless it leads to
   a place itself. */
function onwards(page) {
  return page?.includes("#") ? page : page?.concat(location.hash);
}

// A page that is gone has nothing else.
if (document.documentElement.dataset.moved !== undefined) {
  lead().catch(() => location.replace(document.querySelector("a").href));
}
