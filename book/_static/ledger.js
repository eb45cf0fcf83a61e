// The filter of the ledger: rows that have all words and the verdict that were asked for.  What is
// asked for stands in the address, to be sent.
"use strict";

(() => {
  const form = document.querySelector(".ledger-filter");
  const rows = [...document.querySelectorAll(".ledger tbody tr")].map(row => ({
    row,
    text: row.cells[0].textContent.toLowerCase(),
    verdict: row.querySelector(".claim-verdict").classList[1],
  }));
  const tables = [...document.querySelectorAll("article section section")];

  /** Show the rows that are asked for, and the tables that have some. */
  function filter() {
    const words = form.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const asked = form.verdict.value;
    let count = 0;
    for (const { row, text, verdict } of rows) {
      const here = words.every(word => text.includes(word)) && (!asked || verdict === asked);
      row.classList.toggle("away", !here);
      count += here;
    }
    for (const table of tables) {
      table.classList.toggle("away", !table.querySelector("tbody tr:not(.away)"));
    }
    form.count.value = count === rows.length ? `all ${count} claims`
      : `${count} of ${rows.length} claims`;
  }

  /** Put what is asked for into the address; a place on the page stays in it. */
  function remember() {
    const address = new URL(location);
    for (const field of [form.q, form.verdict]) {
      if (field.value) address.searchParams.set(field.name, field.value);
      else address.searchParams.delete(field.name);
    }
    history.replaceState(null, "", address);
  }

  /** Ask for what the address says. */
  function recall() {
    const asked = new URLSearchParams(location.search);
    form.q.value = asked.get("q") ?? "";
    form.verdict.value = asked.get("verdict") ?? "";
    if (form.verdict.selectedIndex < 0) form.verdict.value = "";
    filter();
  }

  /** A row or a table that the address names is shown, whatever was asked for. */
  function showTarget() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest(".away")) return;
    form.reset();
    filter();
    remember();
    target.scrollIntoView();
  }

  form.addEventListener("input", () => { filter(); remember(); });
  form.addEventListener("submit", event => event.preventDefault());
  form.hidden = false;
  recall();
  showTarget();
  addEventListener("hashchange", showTarget);
})();
