/* Checking an attempt, with the grader that the tests of the book use. */

import { chain, source } from "../live.js";
import { fault, perform, say, stateOf, textOf, usual } from "./block.js";
import { record } from "./progress.js";

const VERDICTS = {
  blank: "Not changed yet.",
  syntax: "This is not Python yet.",
  error: "It stops with an error.",
  wrong: "Not yet.",
  right: "Right.",
};

export async function grade(state) {
  const exercise = state.block.closest(".exercise");
  const grader = exercise.querySelector(".highlight.check");
  const done = await perform(state, {
    type: "check",
    attempt: textOf(state),
    starter: source(state.block),
    grader: source(grader),
    above: chain(state.block).slice(0, -1).map((b) => textOf(stateOf(b))),
  });
  if (!done) return;
  const { verdict, message, line, report } = done.result;
  const { panel } = done;
  state.panel = panel;
  panel.element.dataset.verdict = verdict;
  say(state, line ? `${VERDICTS[verdict]} See line ${line}.` : VERDICTS[verdict]);
  if (verdict === "error" || verdict === "syntax") panel.add("error", report);
  else panel.add("verdict", verdict === "right" ? "Right: the check passes." : message);
  fault(state, line);
  usual(state);
  if (verdict !== "blank") {
    record(exercise, verdict === "right");
    offerSolution(exercise, panel.element, verdict === "right");
  }
}

/* The solution is always there; after an attempt it is offered. */
function offerSolution(exercise, element, right) {
  const solution = exercise.querySelector("details.solution");
  if (!solution) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "live-button";
  button.textContent = right ? "Compare with the book's solution" : "Show the solution";
  button.addEventListener("click", () => {
    solution.open = true;
    solution.scrollIntoView({ block: "nearest" });
    solution.querySelector("summary").focus();
  });
  const hint = right ? null : [...exercise.querySelectorAll("details.hint")]
    .find((d) => !d.open && !d.hidden);
  if (hint) {
    const next = button.cloneNode();
    next.textContent = "Show a hint";
    next.addEventListener("click", () => {
      hint.open = true;
      hint.querySelector("summary").focus();
    });
    element.append(next);
  }
  element.append(button);
}
