/* What stays in this browser: edits and progress. Where the browser refuses
   to store, it is kept until the page is left. */

function open(name) {
  let memory = null;
  const store = {
    refused: false,
    all() {
      if (memory) return memory;
      try {
        const value = JSON.parse(localStorage.getItem(name) ?? "{}");
        return value && typeof value === "object" && !Array.isArray(value) ? value : {};
      } catch (error) {
        if (!(error instanceof SyntaxError)) {
          store.refused = true;
          memory = {};
        }
        return {};
      }
    },
    set(value) {
      try {
        if (!memory) localStorage.setItem(name, JSON.stringify(value));
      } catch {
        store.refused = true;
        memory = value;
      }
      if (memory) memory = value;
    },
    get: (key) => store.all()[key],
    put(key, value) { store.set({ ...store.all(), [key]: value }); },
    drop(key) {
      const { [key]: _, ...rest } = store.all();
      store.set(rest);
    },
  };
  return store;
}

/* FNV-1a over UTF-16 units, twice with different seeds: 64 bits in hex. */
export function hash(text) {
  const one = (seed) => {
    let h = seed;
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    return (h >>> 0).toString(16).padStart(8, "0");
  };
  return one(0x811c9dc5) + one(0x050c5d1f);
}

/* The name of the site in what it keeps: another one has its own. */
export const site = document.querySelector('meta[name="press-store"]')?.content || "press";
export const drafts = open(`${site}:drafts`);
export const progress = open(`${site}:progress`);
