// Predictions: the reader chooses first, then the measured answer opens. What was chosen stays on
// the device.

const memory = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* refused: not kept */ } },
  remove(key) { try { localStorage.removeItem(key); } catch { /* as above */ } },
};

function prepare(box) {
  const key = `predict ${location.pathname} ${box.id}`;
  const answer = box.querySelector(".predict-answer");
  const said = box.querySelector(".predict-verdict");
  const again = document.createElement("button");
  again.type = "button";
  again.className = "predict-again";
  again.textContent = "Choose again";
  again.hidden = true;
  box.append(again);
  answer.hidden = true;

  function show(input) {
    const reasons = [...answer.querySelectorAll(".predict-reason")];
    const own = reasons.find((reason) => reason.dataset.choice === input.value);
    const right = own.classList.contains("right");
    for (const reason of reasons) reason.classList.toggle("chosen", reason === own);
    if (!right) answer.querySelector(".right").after(own);
    box.dataset.answered = right ? "right" : "wrong";
    said.textContent = right ? "✓ So it is." : "✗ Not so. Measured:";
    answer.hidden = false;
    answer.open = true;
    again.hidden = false;
  }

  box.addEventListener("click", ({ target }) => {
    const choice = target.closest(".predict-choice");
    if (choice && !target.closest("button, a, input")) choice.querySelector("input").click();
  });
  box.addEventListener("change", ({ target }) => {
    memory.set(key, target.value);
    show(target);
  });
  again.addEventListener("click", () => {
    memory.remove(key);
    const chosen = box.querySelector("input:checked");
    for (const input of box.querySelectorAll("input")) input.checked = false;
    delete box.dataset.answered;
    said.textContent = "";
    answer.hidden = again.hidden = true;
    (chosen ?? box.querySelector("input")).focus();
  });

  for (const input of box.querySelectorAll("input")) input.checked = false; // a browser may restore
  const kept = box.querySelector(`input[value="${CSS.escape(memory.get(key) ?? "none")}"]`);
  if (kept) {
    kept.checked = true;
    show(kept);
  }
}

for (const box of document.querySelectorAll(".predict")) prepare(box);
