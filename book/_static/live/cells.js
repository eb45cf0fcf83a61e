// A live cell: its code becomes an editor, and what it printed in the browser stands beside what it
// printed in the build. Edits stay on the device.

import { memory } from "../device/memory.js";
import { addStyle, element, page, root } from "../on-demand/page.js";
import { edit } from "./editor.js";
import { run, stop, version } from "./session.js";

const build = await fetch(new URL("build.json", import.meta.url)).then((answer) => answer.json());
/** Characters of output that are read out; of more it is said how many lines they are. */
const READ_OUT = 200;
/** Characters of output that a cell shows. */
const SHOWN = 50_000;

addStyle(new URL("cells.css", import.meta.url)).catch(() => {}); // it serves without

/** A name for a text: edits of a cell end with the code that they were made of. */
function digest(text) {
  let sum = 5381n;
  for (const character of text) sum = (sum * 33n + BigInt(character.codePointAt(0))) % 2n ** 48n;
  return sum.toString(36);
}

/** Where a cell's edits are kept. */
class Kept {
  constructor(cell, original) {
    const ordinal = [...document.querySelectorAll(".plain-cell")].indexOf(cell) + 1;
    const place = `live ${page} ${ordinal} `;
    this.key = place + digest(original);
    this.original = original;
    for (const key of memory.keys(place)) if (key !== this.key) memory.remove(key);
  }

  text() {
    return memory.get(this.key) ?? this.original;
  }

  keep(text) {
    if (text === this.original) memory.remove(this.key);
    else memory.set(this.key, text);
  }
}

/** Make a cell live, and run it. */
export async function open(cell, bar) {
  const [runs, said] = bar.children;
  const listing = cell.querySelector(".cell_input").firstElementChild;
  const original = listing.querySelector("pre").textContent.replace(/\n$/, "");
  const kept = new Kept(cell, original);
  const ordinal = [...document.querySelectorAll(".plain-cell > .live-bar")].indexOf(bar) + 1;

  const host = element("div", { className: "live-editor" });
  const stops = element("button", { type: "button", textContent: "Stop", hidden: true });
  const resets = element("button", { type: "button", textContent: "Reset", hidden: true });
  const output = element("div", { className: "live-result", hidden: true });
  const label = { label: `Code of live cell ${ordinal}`, onChange: changed, onRun: start };
  listing.classList.add("live-listing");
  listing.after(host);
  runs.after(stops, resets);
  bar.after(output);
  const editor = edit(host, kept.text(), label);
  let busy = false;

  function changed(text) {
    kept.keep(text);
    resets.hidden = text === original;
  }

  async function start() {
    if (busy) return;
    busy = true;
    runs.setAttribute("aria-disabled", "true");
    stops.hidden = false;
    const result = new Result(output, ordinal);
    const text = editor.text();
    const ended = await run(text, {
      onOutput: (printed, stream) => result.print(printed, stream),
      onState: (state) => (said.textContent = STATES[state]),
    });
    busy = false;
    runs.removeAttribute("aria-disabled");
    if (document.activeElement === stops) runs.focus();
    stops.hidden = true;
    const ran = result.end(ended, text === original ? reasonToDiffer(cell) : "");
    // What is to be seen below is said to those alone who do not see it.
    said.replaceChildren(ran ? element("span", { className: "visually-hidden" }, ran) : ended.message);
  }

  runs.addEventListener("click", start);
  stops.addEventListener("click", stop);
  resets.addEventListener("click", () => {
    editor.set(original);
    said.textContent = "This is the book's code again.";
    runs.focus();
  });
  resets.hidden = kept.text() === original;
  labelOutputOfBuild(cell);
  await start();
  if (!resets.hidden) said.append(" Your own version. Reset brings the book's back.");
}

const STATES = {
  waiting: "Waiting for another cell…",
  loading: `Starting Python, ${build.size} to fetch the first time…`,
  running: "Running…",
};

const reasonToDiffer = (cell) => cell.querySelector(".differs")?.value ?? "";

/** Say beside what the build printed that it did. */
function labelOutputOfBuild(cell) {
  const label = element("p", { className: "live-label" }, `In this book's build: ${build.python}`);
  cell.querySelector(".cell_output")?.prepend(label);
}

/** What one run printed, and how it ended. */
class Result {
  constructor(place, ordinal) {
    this.place = place;
    this.text = "";
    this.pre = element("pre", { tabIndex: 0 });
    this.pre.setAttribute("role", "region");
    this.pre.setAttribute("aria-label", `Output of live cell ${ordinal} in your browser`);
    this.label = element("p", { className: "live-label" }, "In your browser");
    place.replaceChildren(this.label, this.pre);
    this.pre.hidden = true;
  }

  print(printed, stream) {
    this.place.hidden = this.pre.hidden = false;
    const room = SHOWN - this.text.length;
    this.text += printed;
    if (room <= 0) return;
    const shown = printed.length > room ? `${printed.slice(0, room)}…\n` : printed;
    this.pre.append(element("span", { className: stream }, shown));
  }

  /** Show how it ended; return what to read out of what it shows, or nothing if it never ended. */
  end({ outcome, seconds, message }, differs) {
    const ran = outcome === "done" || outcome === "failed";
    const took = `${seconds < 0.0095 ? seconds.toFixed(3) : seconds.toFixed(2)} s`;
    if (outcome === "failed") this.print(`${message}\n`, "stderr");
    if (!ran) {
      this.place.hidden = !this.text;
      return "";
    }
    this.place.hidden = false;
    const address = new URL("reference/the-browsers-python.html", root).href;
    this.label.append(": ", element("a", { href: address }, version()), `, ${took}`);
    if (differs) {
      const why = element("b", {}, "Why it differs: ");
      this.place.append(element("p", { className: "live-differs" }, why, differs));
    }
    const lines = this.text.split("\n").length - 1;
    const printed = !this.text ? "It printed nothing."
      : this.text.length <= READ_OUT ? `It printed: ${this.text}` : `It printed ${lines} lines.`;
    return outcome === "failed" ? `It failed: ${message.split("\n").at(-1)}` : printed;
  }
}
