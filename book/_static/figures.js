// What the book's pages do: a figure shows what stands behind it, and what scrolls can be reached.
"use strict";

const behind = JSON.parse(document.getElementById("behind-figures")?.textContent || "{}");
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

function fill(figure) {
  const [how, instrument = ""] = figure.dataset.how.split("; ");
  const values = figure.dataset.values.split(" ").map(Number);
  card.replaceChildren(element("strong", figure.textContent), element("span", ` ${how}`));
  if (values.length > 1) card.append(strip(values));
  card.append(element("p", instrument));
  for (const key of figure.dataset.runs.split(" ").filter(key => key in behind)) {
    const run = behind[key];
    card.append(element("code", run.command), element("p", run.where));
    if (run.claims.length) {
      const claims = element("p", "Claims that rest on it: ");
      for (const [name, address] of run.claims) {
        claims.append(element("a", name, { href: address }), " ");
      }
      card.append(claims);
    }
  }
}

function show(figure) {
  if (card.matches(":popover-open") && card.dataset.of === figure.dataset.number) return;
  fill(figure);
  card.dataset.of = figure.dataset.number;
  card.showPopover();
  const at = figure.getBoundingClientRect(), size = card.getBoundingClientRect();
  const below = at.bottom + 6 + size.height < innerHeight || at.top < size.height + 12;
  card.style.top = `${below ? at.bottom + 6 : at.top - size.height - 6}px`;
  card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
}

function followFigures() {
  let soon;
  const later = action => { clearTimeout(soon); soon = setTimeout(action, 150); };
  const hide = () => { if (card.matches(":popover-open")) card.hidePopover(); };
  document.querySelectorAll("button.measured").forEach((figure, number) => {
    figure.dataset.how = figure.title;
    figure.dataset.number = number;
    figure.removeAttribute("title");
    figure.setAttribute("aria-describedby", card.id);
    figure.addEventListener("pointerenter", event => {
      if (event.pointerType === "mouse") later(() => show(figure));
    });
    figure.addEventListener("pointerleave", event => {
      if (event.pointerType === "mouse") later(hide);
    });
    figure.addEventListener("focus", () => show(figure));
    figure.addEventListener("blur", () => later(() => {
      if (!card.contains(document.activeElement)) hide();
    }));
    figure.addEventListener("click", () => show(figure));
  });
  card.addEventListener("pointerenter", () => clearTimeout(soon));
  card.addEventListener("pointerleave", event => {
    if (event.pointerType === "mouse") later(hide);
  });
  document.querySelector("article").append(card);
  addEventListener("scroll", hide, { passive: true });
}

/** Whatever is wider than its frame scrolls by keyboard too. */
function letScroll() {
  for (const frame of document.querySelectorAll("article pre, .table-wrapper")) {
    if (frame.scrollWidth > frame.clientWidth + 1) frame.tabIndex = 0;
    else frame.removeAttribute("tabindex");
  }
}

/** On paper nothing can be unfolded. */
function unfoldForPaper() {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("article details:not([open], .figure-data)")];
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of folded) details.open = false; });
}

/** What an address leads to is shown, whatever it is folded into. */
function unfoldTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView();
}

unfoldForPaper();
unfoldTarget();
addEventListener("hashchange", unfoldTarget);
if ("popover" in HTMLElement.prototype) followFigures();
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
