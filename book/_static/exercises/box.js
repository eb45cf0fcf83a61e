// An exercise that has begun: an editor, the grader, hints one by one, and the solution.

import { memory } from "../device/memory.js";
import { edit } from "../live/editor.js";
import { run, stop } from "../live/session.js";
import { addStyle, element, page, root } from "../on-demand/page.js";
import { isDone, keep, nameOf } from "../progress/record.js";

/** Seconds for one answer; a browser's Python is several times slower than yours. */
const LIMIT = 60;
const MARK = "graded: ";
const GRADE = `
import grader
from pathlib import Path
answer, tests = (Path(name).read_text(encoding="utf-8") for name in ("answer.txt", "tests.txt"))
print("${MARK}" + grader.as_json(answer, tests, BUDGET), flush=True)
`;
const STATES = {
  waiting: "Waiting for what runs already…",
  loading: "Starting Python, some megabytes to fetch the first time…",
  running: "Testing and measuring…",
};
const SLOW = `It had not finished after ${LIMIT} seconds: is there a loop that never ends?`;
const GREEDY = "Memory ran out in the browser: what is held at once has no bound.";

const folder = new URL("exercises/", root);
const grader = fetch(new URL("grader.py", folder)).then(textOf);

addStyle(new URL("box.css", import.meta.url)).catch(() => {}); // it serves without

function textOf(answer) {
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
}

const button = (words) => element("button", { type: "button", textContent: words });

/** Grade a text; return what the grader says, or in the same form why it says nothing. */
async function grade(exercise, text, onState) {
  let printed = "";
  let wasStopped = true;
  const clock = setTimeout(() => (wasStopped = false), 1000 * LIMIT - 500);
  const ended = await run(GRADE.replace("BUDGET", exercise.budget_mib ?? "None"), {
    files: { "grader.py": await grader, "answer.txt": text, "tests.txt": exercise.tests },
    globals: "fresh",
    limit: LIMIT,
    onOutput: (piece, stream) => { if (stream === "stdout") printed += piece; },
    onState,
  });
  clearTimeout(clock);
  const line = printed.split("\n").findLast((it) => it.startsWith(MARK));
  if (ended.outcome === "done" && line) return JSON.parse(line.slice(MARK.length));
  const advice =
    ended.outcome === "stopped" ? (wasStopped ? ended.message : SLOW)
    : ended.outcome === "no-memory" ? GREEDY
    : ended.message.split("\n").at(-1) || "The answer ended Python before it was graded.";
  const unfair = wasStopped && ended.outcome === "stopped" || ended.outcome === "unavailable";
  return { passed: false, tests: [], peak_mib: null, advice, printed: "", unfair };
}

/** Begin an exercise: `place` held the button. */
export async function begin(box, place) {
  const { name } = box.dataset;
  const exercise = JSON.parse(await fetch(new URL(`${name}.json`, folder)).then(textOf));
  const beginning = exercise.start.trimEnd();
  await grader;
  const key = `answer ${name}`;
  const own = nameOf(page, box.id);
  const title = box.querySelector(".exercise-title").textContent;

  const host = element("div", { className: "exercise-editor" });
  const grades = button("Test and measure");
  const stops = button("Stop");
  const resets = button("Reset");
  const hints = button("Next hint");
  const solves = button("Show the solution");
  grades.className = "exercise-grade";
  const bar = element("div", { className: "exercise-bar" }, grades, stops, resets, hints, solves);
  const said = element("p", { className: "exercise-said" });
  said.setAttribute("role", "status");
  const result = element("div", { className: "exercise-result", hidden: true });
  const help = element("div", { className: "exercise-help" });
  stops.hidden = true;
  place.replaceWith(host, bar, said, result, help);

  let busy = false;
  let tries = 0;
  let shown = 0; // hints
  let undone = null; // what was there before a reset
  let peakOfSolution = null;

  const kept = memory.get(key);
  const editor = edit(host, kept ?? beginning, {
    label: `Your answer to ${title}`,
    onChange: changed,
    onRun: start,
  });
  if (kept !== null) said.textContent = "This is your answer as you left it.";
  offer();
  editor.focus();

  function changed(text) {
    if (text === beginning) memory.remove(key);
    else memory.set(key, text);
    if (text !== beginning) undone = null;
    offer();
  }

  /** Offer what there is to do at present. */
  function offer() {
    const isStart = editor ? editor.text() === beginning : kept === null;
    resets.textContent = undone === null ? "Reset" : "Undo reset";
    resets.hidden = isStart && undone === null;
    hints.hidden = shown === exercise.hints.length;
    hints.textContent = `Hint ${shown + 1} of ${exercise.hints.length}`;
    solves.hidden = help.classList.contains("solved") || !(tries || shown >= 2 || isDone(own));
  }

  async function start() {
    if (busy) return;
    busy = true;
    grades.setAttribute("aria-disabled", "true");
    stops.hidden = false;
    said.classList.remove("heard-only");
    const onState = (state) => (said.textContent = STATES[state]);
    const graded = await grade(exercise, editor.text(), onState);
    if (graded.peak_mib !== null && peakOfSolution === null) {
      const solved = await grade(exercise, exercise.solution, (state) => {
        said.textContent = state === "running" ? "Measuring the solution beside it…" : STATES[state];
      });
      peakOfSolution = solved.peak_mib;
    }
    if (!graded.unfair) tries += 1;
    busy = false;
    grades.removeAttribute("aria-disabled");
    if (document.activeElement === stops) grades.focus();
    stops.hidden = true;
    if (graded.passed) keep(own);
    show(graded);
    offer();
  }

  function show(graded) {
    said.textContent = summary(graded);
    result.hidden = Boolean(graded.unfair);
    if (graded.unfair) return;
    said.classList.add("heard-only"); // whoever sees has it below, drawn
    result.className = `exercise-result ${graded.passed ? "passed" : "failed"}`;
    const failed = graded.tests.filter((test) => !test.passed);
    result.replaceChildren(...[
      verdict(graded, failed.length),
      !graded.passed && element("p", { className: "exercise-advice" }, ...inCode(graded.advice)),
      failed.length > 1 && others(failed.filter((test) => test.advice !== graded.advice)),
      graded.peak_mib !== null && bars({
        Yours: graded.peak_mib, Budget: graded.budget_mib, Solution: peakOfSolution,
      }),
      graded.printed && whatWasPrinted(graded.printed),
    ].filter(Boolean));
  }

  grades.addEventListener("click", start);
  stops.addEventListener("click", stop);
  resets.addEventListener("click", () => {
    const back = undone ?? beginning;
    const before = editor.text();
    undone = undone === null ? before : null;
    const wanted = undone;
    editor.set(back);
    undone = wanted;
    said.classList.remove("heard-only");
    said.textContent = wanted === null ? "Your answer is back." : "This is the start again.";
    offer();
  });
  hints.addEventListener("click", () => {
    const hint = element("div", { className: "exercise-hint", tabIndex: -1 });
    hint.innerHTML = exercise.hints[shown]; // of this site, as the page is
    shown += 1;
    hint.prepend(element("p", { className: "exercise-help-label" }, `Hint ${shown}`));
    help.append(hint);
    offer();
    hint.focus();
  });
  solves.addEventListener("click", () => {
    const solution = element("div", { className: "exercise-solution", tabIndex: -1 });
    solution.innerHTML = exercise.solution_html;
    solution.prepend(element("p", { className: "exercise-help-label" }, "The solution"));
    solution.querySelector("pre").tabIndex = 0;
    help.append(solution);
    help.classList.add("solved");
    offer();
    solution.focus();
  });
}

const figure = (mib) => `${mib < 9.995 ? mib.toFixed(2) : mib.toFixed(1)} MiB`;

function summary(graded) {
  const peak = graded.peak_mib === null ? "" : `, peak ${figure(graded.peak_mib)}`;
  const of = peak && graded.budget_mib !== null ? ` of ${figure(graded.budget_mib)}` : "";
  if (graded.unfair) return graded.advice;
  return graded.passed ? `Passed${peak}${of}.` : `Not yet${peak}${of}. ${graded.advice}`;
}

function verdict(graded, failed) {
  const many = graded.tests.length;
  const words = graded.passed ? `✓ Passed all ${many} tests`
    : !many ? "✗ Not yet"
    : failed ? `✗ Not yet: ${failed} of ${many} tests failed`
    : graded.peak_mib === null ? "✗ Not yet: the work did not end"
    : "✗ Not yet: the tests pass, and the peak is over the budget";
  const within = graded.passed && graded.budget_mib !== null ? ", within the budget" : "";
  return element("p", { className: "exercise-verdict" }, words + within);
}

function others(failed) {
  const items = failed.map((test) => element("li", {}, ...inCode(test.advice)));
  return element("ul", { className: "exercise-others" }, ...items);
}

/** What stands in backticks is code. */
function inCode(text) {
  return text.split("`").map((part, n) => (n % 2 ? element("code", {}, part) : part));
}

/** Draw a bar for each figure there is, in MiB. */
function bars(figures) {
  const there = Object.entries(figures).filter(([, mib]) => mib !== null && mib !== undefined);
  const most = Math.max(...there.map(([, mib]) => mib), 0.001);
  const rows = there.map(([name, mib]) => {
    const drawn = element("span", { className: `drawn ${name.toLowerCase()}` });
    drawn.style.width = `${Math.max((100 * mib) / most, 0.5)}%`;
    const room = element("span", { className: "room" }, drawn);
    return element("div", {}, element("dt", {}, name), element("dd", {}, room, figure(mib)));
  });
  return element("dl", { className: "exercise-bars simple" }, ...rows);
}

function whatWasPrinted(text) {
  const pre = element("pre", { tabIndex: 0 }, text);
  return element("details", {}, element("summary", {}, "What it printed"), pre);
}
