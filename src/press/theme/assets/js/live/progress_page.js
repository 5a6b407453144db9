/* The page of a reader's progress: every exercise, and a file of them. */

import { progress, site } from "./store.js";

const SAID = { solved: "solved", tried: "tried" };

export function page(root) {
  const rows = [...root.querySelectorAll("[data-exercise]")];
  const all = progress.all();
  for (const row of rows) {
    const state = all[row.dataset.exercise];
    row.dataset.state = state ?? "";
    row.textContent = SAID[state] ?? "";
  }
  for (const sum of root.querySelectorAll("[data-chapter]")) {
    const own = rows.filter((r) => r.dataset.exercise.startsWith(`${sum.dataset.chapter}#`));
    const solved = own.filter((r) => r.dataset.state === "solved").length;
    sum.textContent = `${solved} of ${own.length} solved`;
  }
  const tools = root.querySelector(".progress-tools");
  if (tools && !tools.childElementCount) buttons(tools, root);
}

function buttons(tools, root) {
  const status = Object.assign(document.createElement("span"), { className: "live-status" });
  status.setAttribute("role", "status");
  const file = Object.assign(document.createElement("input"), { type: "file", accept: ".json,application/json", hidden: true });
  const add = (text, act) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "live-button", textContent: text });
    button.addEventListener("click", act);
    tools.append(button);
    return button;
  };
  add("Export to a file", () => {
    const data = new Blob([JSON.stringify(progress.all(), null, 1)], { type: "application/json" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(data), download: `${site}-progress.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    status.textContent = "Exported.";
  });
  add("Import from a file", () => file.click());
  let sure = false;
  const erase = add("Erase", () => {
    if (!sure) {
      sure = true;
      erase.textContent = "Erase all: sure?";
      return;
    }
    sure = false;
    erase.textContent = "Erase";
    progress.set({});
    status.textContent = "Erased.";
    page(root);
  });
  file.addEventListener("change", async () => {
    try {
      const known = new Set([...root.querySelectorAll("[data-exercise]")].map((r) => r.dataset.exercise));
      const found = Object.entries(JSON.parse(await file.files[0].text()))
        .filter(([name, state]) => known.has(name) && state in SAID);
      const own = progress.all();
      for (const [name, state] of found) if (own[name] !== "solved") own[name] = state;
      progress.set(own);
      status.textContent = `Imported ${found.length} exercises.`;
    } catch {
      status.textContent = "This file holds no progress.";
    }
    file.value = "";
    page(root);
  });
  tools.append(file, status);
}
