// The classic tutorial on trial: the reader's verdict on each sentence, then that of the
// measurements, and how often the two agree.  What was said is kept on this device alone.
"use strict";

(() => {
  const KEPT = "measured: on trial";
  const tools = document.querySelector(".trial-tools");
  const score = document.querySelector(".trial-score");
  const showAll = tools.querySelector("input");
  const cases = [...document.querySelectorAll(".on-trial")].map(box => ({
    id: box.id,
    box,
    kind: box.dataset.kind,
    buttons: [...box.querySelectorAll("button[value]")],
    result: box.querySelector(".on-trial-result"),
    answer: box.querySelector("details"),
    said: "",
  }));

  const words = (one, kind) => one.buttons.find(it => it.value === kind).textContent.toLowerCase();

  /** Show what was said of a sentence, beside the verdict of the measurements. */
  function show(one) {
    for (const button of one.buttons) {
      button.setAttribute("aria-pressed", String(button.value === one.said));
    }
    const agrees = one.said === one.kind;
    one.box.classList.toggle("agrees", Boolean(one.said) && agrees);
    one.box.classList.toggle("differs", Boolean(one.said) && !agrees);
    one.result.textContent = !one.said ? ""
      : agrees ? `You say: ${words(one, one.said)}. So do the measurements.`
      : `You say: ${words(one, one.said)}. The measurements say: ${words(one, one.kind)}.`;
    one.answer.open = Boolean(one.said) || showAll.checked;
  }

  /** Count the verdicts, and name the sentences on which they differ. */
  function count() {
    const judged = cases.filter(one => one.said);
    const others = judged.filter(one => one.said !== one.kind);
    tools.querySelector("span").textContent = `${judged.length} of ${cases.length} judged`;
    const [sum, otherwise] = score.querySelectorAll("p");
    sum.textContent = !judged.length ? `You have judged none of the ${cases.length} yet.`
      : `You judged ${judged.length - others.length} of ${judged.length} as the measurements do` +
        (judged.length < cases.length ? `; ${cases.length - judged.length} are left.` : ".");
    otherwise.textContent = others.length ? "Otherwise: " : "";
    others.forEach((one, place) => {
      const link = document.createElement("a");
      link.href = `#${one.id}`;
      link.textContent = one.id;
      otherwise.append(place ? ", " : "", link);
    });
  }

  /** Keep what was said; a browser may refuse to. */
  function keep() {
    const said = Object.fromEntries(cases.filter(one => one.said).map(one => [one.id, one.said]));
    try {
      localStorage.setItem(KEPT, JSON.stringify({ said, all: showAll.checked }));
    } catch { /* then it is known until the page is left */ }
  }

  /** Take up what was kept, as far as it makes sense. */
  function recall() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(KEPT));
    } catch { /* nothing is known */ }
    showAll.checked = kept?.all === true;
    for (const one of cases) {
      const said = kept?.said?.[one.id];
      one.said = one.buttons.some(it => it.value === said) ? said : "";
    }
  }

  function showEverything() {
    cases.forEach(show);
    count();
  }

  for (const one of cases) {
    one.buttons[0].parentElement.hidden = false;
    for (const button of one.buttons) {
      button.addEventListener("click", () => {
        one.said = button.value;
        show(one);
        count();
        keep();
      });
    }
  }
  showAll.addEventListener("change", () => { showEverything(); keep(); });
  score.querySelector("button").addEventListener("click", () => {
    for (const one of cases) one.said = "";
    showAll.checked = false;
    showEverything();
    keep();
    cases[0].box.scrollIntoView();
    cases[0].buttons[0].focus({ preventScroll: true });
  });
  tools.hidden = score.hidden = false;
  recall();
  showEverything();
})();
