// The table of what is done: ticks it, writes it to a file, reads it from one, and forgets it.

import { all, forget, isDone, keep, nameOf } from "./record.js";

const KIND = "Python Memory, Measured: progress";
const LARGEST = 1_000_000; // bytes of a file
const NAME = /^[a-z0-9/-]+#[A-Za-z0-9_-]+$/;

export function begin() {
  const rows = [...document.querySelectorAll("tr[data-page]")];
  const tools = document.querySelector(".progress-tools");
  const said = tools.querySelector("[role=status]");
  const sure = tools.querySelector(".progress-sure");
  const file = tools.querySelector("input[type=file]");
  const button = (does) => tools.querySelector(`[data-does=${does}]`);

  function show() {
    for (const row of rows) {
      const links = [...row.querySelectorAll("[data-id]")];
      for (const link of links) tick(link, isDone(nameOf(row.dataset.page, link.dataset.id)));
      const done = links.filter((link) => link.classList.contains("done")).length;
      row.querySelector(".count").textContent = `${done} of ${links.length}`;
    }
  }

  function tick(link, done) {
    link.classList.toggle("done", done);
    link.querySelector(".heard-only")?.remove();
    if (link.dataset.label) link.setAttribute("aria-label", link.dataset.label);
    const label = link.getAttribute("aria-label");
    if (!done) return;
    if (label) {
      link.dataset.label = label;
      link.setAttribute("aria-label", `${label} (done)`);
    } else {
      const heard = document.createElement("span");
      heard.className = "heard-only";
      heard.textContent = " (done)";
      link.append(heard);
    }
  }

  const does = {
    export() {
      const content = JSON.stringify({ kind: KIND, done: all() }, null, 1);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
      link.download = "progress.json";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      said.textContent = "Saved as progress.json.";
    },
    import: () => file.click(),
    reset() {
      const many = all().length;
      if (!many) {
        said.textContent = "Nothing is kept here yet.";
        return;
      }
      sure.firstElementChild.textContent =
        `${many === 1 ? "One thing that you did is" : `${many} things that you did are`} forgotten,` +
        " and so are your predictions. The code that you wrote stays.";
      sure.hidden = false;
      button("keep").focus();
    },
    forget() {
      forget();
      close("All of it is forgotten.");
      show();
      dispatchEvent(new Event("done"));
    },
    keep: () => close("Nothing is forgotten."),
  };

  function close(words) {
    sure.hidden = true;
    said.textContent = words;
    button("reset").focus();
  }

  async function add(chosen) {
    const names = chosen.size > LARGEST ? null : read(await chosen.text());
    if (!names) {
      said.textContent = `${chosen.name} is no file of progress; nothing has changed.`;
      return;
    }
    const fresh = names.filter((name) => !isDone(name));
    const kept = fresh.every(keep);
    show();
    said.textContent = kept
      ? `${fresh.length} of ${names.length} are new here.`
      : "This browser keeps nothing for this site; allow it to, and add the file again.";
  }

  tools.addEventListener("click", ({ target }) => does[target.dataset.does]?.());
  sure.addEventListener("keydown", ({ key }) => key === "Escape" && does.keep());
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (chosen) await add(chosen).catch(() => {
      said.textContent = `${chosen.name} could not be read; nothing has changed.`;
    });
    file.value = "";
  });
  addEventListener("storage", show);
  tools.hidden = false;
  show();
}

/** Return what a file says is done; null where it is none of ours. */
function read(text) {
  try {
    const { kind, done } = JSON.parse(text);
    const good = kind === KIND && Array.isArray(done) && done.every((name) => NAME.test(name));
    return good ? [...new Set(done)] : null;
  } catch {
    return null;
  }
}
