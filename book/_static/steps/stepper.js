// A program to step through.  Python drew every piece of the pictures; here a step is put together
// from the pieces that it lists.

import { fetchSource } from "../on-demand/fetch.js";
import { addStyle, element } from "../on-demand/page.js";

const HELP = "objects/names-sharing-and-copies.html#how-to-read-the-steps";
const SVG = "http://www.w3.org/2000/svg";

/** The style of the pictures, once a page. */
let styled;
function style() {
  styled ||= addStyle(new URL("steps.css", import.meta.url));
  return styled;
}

function button(label, words, onclick) {
  const made = element("button", { type: "button", textContent: label, onclick, title: words });
  made.setAttribute("aria-label", words);
  return made;
}

/** Make a figure of a page one to step through, with buttons in `bar` and sentences in `said`. */
export async function begin(figure, bar, said) {
  const [text] = await Promise.all([fetchSource(figure), style()]);
  const { size, pieces, steps } = JSON.parse(text);
  const last = steps.length - 1;
  const lines = new Map([...figure.querySelectorAll("[data-line]")]
    .map((line) => [Number(line.dataset.line), line]));
  let at = 0;

  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "step");
  picture.setAttribute("viewBox", `0 0 ${size[0]} ${size[1]}`);
  picture.setAttribute("role", "img");
  const back = button("◀ Back", "Step back", () => go(at - 1));
  const forward = button("Forward ▶", "Step forward", () => go(at + 1));
  const place = element("input", {
    type: "range", min: 0, max: last, value: 0, oninput: () => go(place.valueAsNumber),
  });
  place.setAttribute("aria-label", "Step");
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Steps of the program");
  const help = element("a", {
    href: `${document.documentElement.dataset.content_root}${HELP}`, textContent: "?",
    title: "How to read the steps",
  });
  help.setAttribute("aria-label", "How to read the steps");
  bar.append(back, place, forward, help);
  figure.classList.add("begun");
  said.after(picture);

  const draw = (number, changed) =>
    `<g${changed.has(number) ? " class=\"changed\"" : ""}>${pieces[number]}</g>`;

  function go(wanted) {
    at = Math.min(Math.max(wanted, 0), last);
    const step = steps[at];
    const changed = new Set(step.changed);
    picture.innerHTML = step.pieces.map((number) => draw(number, changed)).join("");
    picture.setAttribute("aria-label", step.said);
    said.textContent = step.said;
    place.value = at;
    place.setAttribute("aria-valuetext", `${at} of ${last}`);
    // A button with the focus stays in reach of the keyboard.
    back.setAttribute("aria-disabled", at === 0);
    forward.setAttribute("aria-disabled", at === last);
    for (const [number, line] of lines) {
      line.classList.toggle("ran", number === step.ran);
      line.classList.toggle("next", number === step.next);
    }
  }

  /** The next step in which a line has run, from the beginning again if there is none. */
  function toLine(number) {
    const after = steps.findIndex((step, place) => place > at && step.ran === number);
    const any = after < 0 ? steps.findIndex((step) => step.ran === number) : after;
    if (any >= 0) go(any);
  }

  for (const [number, line] of lines) {
    if (!steps.some((step) => step.ran === number)) continue;
    line.classList.add("reached");
    const jump = button("", `To line ${number}`, null);
    jump.dataset.number = number;  // drawn by the style: who copies the program leaves it out
    line.prepend(jump);
    line.addEventListener("click", () => toLine(number));
  }
  figure.addEventListener("keydown", (event) => {
    const ways = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last };
    if (!(event.key in ways) || event.target === place || event.altKey || event.ctrlKey
      || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(ways[event.key]);
  });
  go(0);
  forward.focus();
}
