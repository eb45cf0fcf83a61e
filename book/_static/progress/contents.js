// How much of each page is done, beside its name in the contents; and of this page what is done.

import { page, root } from "../on-demand/page.js";
import { all, isDone, keep, nameOf } from "./record.js";

const toDo = fetch(new URL("exercises.json", root)).then((answer) => answer.json());
let last = "";

/** Keep which predictions of this page are answered, then count what is done on each. */
export async function count() {
  for (const box of document.querySelectorAll(".predict[data-answered]")) {
    const name = nameOf(page, box.id);
    if (!isDone(name)) keep(name);
  }
  for (const box of document.querySelectorAll(".exercise")) {
    box.classList.toggle("done", isDone(nameOf(page, box.id)));
  }
  const now = all();
  if (now.join() === last) return;
  last = now.join();
  const done = new Set(now);
  const pages = await toDo;
  const links = [...document.querySelectorAll(".sidebar-tree a")];
  for (const { page: where, uri, items } of pages) {
    const place = new URL(uri, root).pathname;
    const link = links.find((it) => new URL(it.href).pathname === place);
    const many = items.filter(({ id }) => done.has(nameOf(where, id))).length;
    link?.querySelector(".progress-mark")?.remove();
    if (link && many) link.append(mark(many, items.length));
  }
}

function mark(done, of) {
  const made = document.createElement("span");
  made.className = "progress-mark";
  const seen = document.createElement("span");
  seen.ariaHidden = "true";
  seen.textContent = `${done}/${of}`;
  const heard = document.createElement("span");
  heard.className = "heard-only";
  heard.textContent = ` (${done} of ${of} done)`;
  made.append(seen, heard);
  return made;
}
