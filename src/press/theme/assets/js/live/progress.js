/* Progress with the exercises: kept in this browser, and nowhere else. */

import { progress } from "./store.js";

function nameOf(exercise) {
  const path = new URL(location.href).pathname.replace(base(), "");
  return `${path}#${exercise.id}`;
}

function base() {
  return new URL("../../../", import.meta.url).pathname;
}

/** Remember a checked attempt; what is solved stays solved. */
export function record(exercise, solved) {
  const name = nameOf(exercise);
  if (progress.get(name) !== "solved") progress.put(name, solved ? "solved" : "tried");
  show();
}

/** Show it: in the exercises of a chapter, and on the progress page. */
export async function show() {
  const exercises = [...document.querySelectorAll(".exercise[id]")];
  for (const exercise of exercises) {
    exercise.dataset.state = progress.get(nameOf(exercise)) ?? "";
    inTurn(exercise);
  }
  const table = document.querySelector("[data-progress]");
  if (table) (await import("./progress_page.js")).page(table);
}

/* One hint at a time: the next appears when the last was opened. */
function inTurn(exercise) {
  const hints = [...exercise.querySelectorAll("details.hint")];
  hints.forEach((hint, n) => {
    hint.hidden = n > 0 && !hints[n - 1].open && !hint.open;
    if (hint.dataset.turn) return;
    hint.dataset.turn = "yes";
    hint.addEventListener("toggle", () => inTurn(exercise));
  });
}
