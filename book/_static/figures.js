// What the book's pages do: a figure shows what stands behind it and a term what it means, and what
// scrolls can be reached.
"use strict";

/** Data that a page carries, by its id. */
const carried = name => JSON.parse(document.getElementById(name)?.textContent || "{}");
const behind = carried("behind-figures"), terms = carried("behind-terms");
let shown = null; // the figure or the term that the card speaks of
let seen = false; // whether that has been in the window since
const card = document.createElement("div");
card.id = "behind-figure";
card.popover = "auto";
card.setAttribute("role", "tooltip");

function element(name, content = "", attributes = {}) {
  const made = document.createElementNS(
    name === "svg" || name === "circle" || name === "line"
      ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1999/xhtml", name);
  made.textContent = content;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** All runs of a figure on one line, the lowest at its left end. */
function strip(values) {
  const low = Math.min(...values), high = Math.max(...values);
  const drawn = element("svg", "", { viewBox: "0 0 200 16", "aria-hidden": "true" });
  drawn.append(element("line", "", { x1: 6, x2: 194, y1: 8, y2: 8 }));
  for (const value of values) {
    const x = high > low ? 6 + 188 * (value - low) / (high - low) : 100;
    drawn.append(element("circle", "", { cx: x, cy: 8, r: 4.5 }));
  }
  return drawn;
}

/** What stands behind a figure: how it was measured, by which experiments, and what rests on it. */
function behindFigure(figure) {
  const [how, instrument = ""] = figure.dataset.how.split("; ");
  const values = figure.dataset.values.split(" ").map(Number);
  const figured = figure.dataset.whole || figure.textContent;
  const parts = [element("strong", figured), element("span", ` ${how}`)];
  if (values.length > 1) parts.push(strip(values));
  parts.push(element("p", instrument));
  for (const key of figure.dataset.runs.split(" ").filter(key => key in behind)) {
    const run = behind[key];
    parts.push(element("code", run.command), element("p", run.where));
    if (run.claims.length) {
      const claims = element("p", "Claims that rest on it: ");
      for (const [name, address] of run.claims) {
        claims.append(element("a", name, { href: address }), " ");
      }
      parts.push(claims);
    }
  }
  return parts;
}

/** What the glossary says of a term; what stands in backticks is code. */
function behindTerm(link) {
  const [name, ...paragraphs] = terms[link.hash.slice(1)];
  const parts = [element("strong", name)];
  for (const text of paragraphs) {
    const paragraph = element("p");
    paragraph.append(...text.split("`").map((piece, number) => number % 2
      ? element("code", piece) : document.createTextNode(piece)));
    parts.push(paragraph);
  }
  const more = element("p");
  more.append(element("a", "In the glossary", { href: link.getAttribute("href") }));
  return [...parts, more];
}

/** The figure or term that an event is about, if any is. */
function explained(event) {
  const found = event.target.closest?.("button.measured, article a.reference[href*='#term-']");
  if (!found || card.contains(found)) return null;
  return found.matches("button") || found.hash.slice(1) in terms ? found : null;
}

/** Beside what it speaks of, below it rather than above. */
function place() {
  const at = shown.getBoundingClientRect(), size = card.getBoundingClientRect();
  const below = at.bottom + 6 + size.height < innerHeight || at.top < size.height + 12;
  card.style.top = `${below ? at.bottom + 6 : at.top - size.height - 6}px`;
  card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
}

function show(it) {
  if (card.matches(":popover-open") && shown === it) return;
  hide();
  [shown, seen] = [it, false];
  keepTitle(it);
  card.replaceChildren(...(it.matches("button") ? behindFigure(it) : behindTerm(it)));
  it.setAttribute("aria-describedby", card.id);
  card.showPopover();
  place();
}

/** The card stays with what it speaks of, and goes when that leaves the window. */
function stay() {
  if (!card.matches(":popover-open")) return;
  const { top, bottom } = shown.getBoundingClientRect();
  const within = bottom > 0 && top < innerHeight;
  if (seen && !within) hide();
  else place();
  seen ||= within; // what the keyboard has reached may yet have to come into the window
}

function hide() {
  if (card.matches(":popover-open")) card.hidePopover();
}

/** The card takes the place of a figure's title. */
function keepTitle(figure) {
  if (!figure.title || !figure.matches("button")) return;
  figure.dataset.how = figure.title;
  figure.removeAttribute("title");
}

function followPointer(later) {
  addEventListener("pointerover", event => {
    const it = event.pointerType === "mouse" && explained(event);
    if (it) later(() => show(it));
    else if (card.contains(event.target)) later(() => {});
  });
  addEventListener("pointerout", event => {
    const left = explained(event) || (card.contains(event.target) && card);
    if (left && event.pointerType === "mouse" && !left.contains(event.relatedTarget)) later(hide);
  });
}

/** A click shows a figure's card; a tap shows a term's, and its link leads on. */
function followClicks() {
  let finger = false;
  addEventListener("pointerdown", event => { finger = event.pointerType === "touch"; }, true);
  addEventListener("click", event => {
    const it = explained(event);
    if (!it || (!finger && it.matches("a"))) return;
    event.preventDefault();
    show(it);
  });
}

function explain() {
  let soon;
  const later = action => { clearTimeout(soon); soon = setTimeout(action, 150); };
  document.querySelectorAll("button.measured").forEach(keepTitle);
  document.querySelector("article").append(card);
  followPointer(later);
  followClicks();
  addEventListener("focusin", event => {
    const it = explained(event);
    if (it) { clearTimeout(soon); show(it); }
  });
  addEventListener("focusout", event => {
    if (explained(event)) later(() => { if (!card.contains(document.activeElement)) hide(); });
  });
  card.addEventListener("beforetoggle", event => {
    if (event.newState === "closed") shown?.removeAttribute("aria-describedby");
  });
  addEventListener("keydown", event => { if (event.key === "Escape") hide(); });
  addEventListener("scroll", stay, { passive: true });
}

/** Whatever is wider than its frame scrolls by keyboard too. */
function letScroll() {
  for (const frame of document.querySelectorAll("article pre, .table-wrapper")) {
    if (frame.scrollWidth > frame.clientWidth + 1) frame.tabIndex = 0;
    else frame.removeAttribute("tabindex");
  }
}

/** On paper nothing can be unfolded; what measured a result, and its claims, stay on the screen. */
function unfoldForPaper() {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("article details:not([open], .figure-data, .harness, .claims)")];
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of folded) details.open = false; });
}

/** What an address leads to is shown, whatever it is folded into. */
function unfoldTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let folded = target?.closest("details:not([open])");
  if (!folded) return;
  for (; folded; folded = folded.parentElement.closest("details:not([open])")) folded.open = true;
  target.scrollIntoView();
}

unfoldForPaper();
if ("popover" in HTMLElement.prototype) explain();
unfoldTarget();
addEventListener("hashchange", unfoldTarget);
letScroll();
addEventListener("resize", letScroll, { passive: true });
document.addEventListener("toggle", letScroll, true);

// Ctrl+K, or a slash outside of any field, goes to the search.
addEventListener("keydown", event => {
  const typing = event.target.closest("input, textarea, select");
  if ((event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing)) {
    const toggle = document.getElementById("__navigation");
    const field = document.querySelector(".sidebar-search");
    if (!field) return;
    if (toggle && field.getBoundingClientRect().right <= 0) toggle.checked = true;
    event.preventDefault();
    field.focus();
  }
  if (event.key === "Escape") {
    for (const id of ["__navigation", "__toc"]) {
      const toggle = document.getElementById(id);
      if (toggle) toggle.checked = false;
    }
  }
});
