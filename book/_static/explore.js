// Figures to explore: what a reader chooses shows another picture, with the sentence that tells it.

(() => {
  const choices = (control) => [...control.querySelectorAll("option, input[type=radio]")];
  const range = (control) => control.querySelector("[type=range]");

  function values(control) {
    return range(control)?.dataset.values.split(" ") ?? choices(control).map((it) => it.value);
  }

  function place(control) {
    return Number(range(control)?.value
      ?? choices(control).findIndex((it) => it.selected || it.checked));
  }

  function choose(control, number) {
    const choice = choices(control)[number];
    if (range(control)) range(control).value = number;
    else choice[choice.type ? "checked" : "selected"] = true;
  }

  function prepare(figure) {
    const controls = [...figure.querySelectorAll(".explore-control")];
    const said = figure.querySelector(".explore-said");
    const [picture, data] = [said.previousElementSibling, said.nextElementSibling];
    const files = [...figure.querySelectorAll("[data-source]")];
    const link = document.createElement("a");
    const param = (control) => `${figure.id}.${control.dataset.name}`;
    link.textContent = "Link to this choice";
    said.after(link);
    let last = 0;

    function name() {
      const chosen = controls.map((it) => [param(it), values(it)[place(it)]]);
      link.href = `?${new URLSearchParams(chosen)}#${figure.id}`;
      for (const control of controls.filter(range)) {
        const shown = Number(values(control)[place(control)]).toLocaleString("en");
        control.querySelector("b").textContent = shown;
        range(control).ariaValueText = shown;
      }
    }

    async function show() {
      const turn = ++last;
      const number = controls.reduce((sum, it) => sum * values(it).length + place(it), 0);
      name();
      try {
        const { fetchSource } = await import("./on-demand/fetch.js");
        const file = files.findLast((it) => Number(it.dataset.first) <= number);
        const views = JSON.parse(await fetchSource(file));
        if (turn !== last) return;
        const { open } = data.firstElementChild;
        [picture, said, data].forEach((part, which) => {
          part.innerHTML = views[number - file.dataset.first][which];
        });
        data.firstElementChild.open = open;
      } catch (error) {
        if (turn === last) said.textContent = error.message;
      }
    }

    figure.querySelector("form").reset(); // a browser may restore what was chosen
    const asked = new URLSearchParams(location.search);
    const wanted = controls.map((it) => values(it).indexOf(asked.get(param(it))));
    controls.forEach((it, number) => { if (wanted[number] >= 0) choose(it, wanted[number]); });
    if (wanted.some((it) => it >= 0)) show(); else name();
    figure.addEventListener("input", show);
    figure.addEventListener("submit", (event) => event.preventDefault()); // by Enter
  }

  for (const figure of document.querySelectorAll(".explore")) prepare(figure);
})(); // scripts of a page share their names
