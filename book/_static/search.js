// The search, as far as each page needs it: the rest is fetched when a field is first used.
"use strict";

const fromDisk = location.protocol === "file:";
const results = new URL("search/results.js", document.currentScript.src).href;

/** Let Sphinx search instead, which reads its index as a script: a page on the disk may do that. */
function letSphinxSearch(form) {
  document.getElementById("search-results").replaceChildren();
  // It would fetch each page that it found, for a summary; files may not be fetched.
  if (fromDisk) DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
  for (const src of form.dataset.otherwise.split(" ")) {
    document.body.append(Object.assign(document.createElement("script"), { src, async: false }));
  }
}

for (const form of document.querySelectorAll("form[data-index]")) {
  const field = form.elements.q;
  if (form.dataset.otherwise) {
    field.value = new URLSearchParams(location.search).get("q") || "";
    if (fromDisk) letSphinxSearch(form);
    else import(results).then(it => it.showAll(form, letSphinxSearch), () => letSphinxSearch(form));
  } else if (!fromDisk && "popover" in HTMLElement.prototype) {
    const begin = () => import(results).then(it => it.suggest(form), () => {});
    if (document.activeElement === field) begin();
    else field.addEventListener("focus", begin, { once: true });
  }
}
