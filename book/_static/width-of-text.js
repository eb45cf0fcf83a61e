// What a text takes as a str, by the rule that the build measured: `show/width_of_text.py` has the
// same sentence for the text that stands on the page.

(() => {
  const DRAWN = 32;
  const written = (number) => number.toLocaleString("en");
  const encoded = (text) => new TextEncoder().encode(text).length;

  function cells(row, letters, width) {
    row.replaceChildren(...letters.slice(0, DRAWN).map((letter) => {
      const box = document.createElement("b");
      box.textContent = letter;
      box.style.setProperty("--bytes", width(letter));
      return box;
    }), letters.length > DRAWN ? "…" : "");
  }

  function prepare(figure) {
    const rule = JSON.parse(figure.dataset.rule);
    const [field, said] = ["input", ".explore-said"].map((it) => figure.querySelector(it));
    const link = document.createElement("a");
    link.textContent = "Link to this choice";
    said.after(link);

    function tell(letters, widest, kind) {
      const [, header, each] = kind;
      const where = `as str on ${rule.python}`;
      if (!letters.length) return `No character: ${rule.empty} bytes ${where}.`;
      if (letters.length === 1 && kind === rule.kinds[1]) {
        return `A character that exists only once: ${rule.alone} bytes ${where}.`;
      }
      const code = widest.toString(16).toUpperCase().padStart(4, "0");
      const many = written(letters.length);
      return `The widest of ${many} is ${String.fromCodePoint(widest)} (U+${code}), so that each `
        + `takes ${each} byte${each > 1 ? "s" : ""}: ${header} + ${many} × ${each} = `
        + `${written(header + each * letters.length)} bytes ${where}.`;
    }

    function name() {
      link.href = `?${new URLSearchParams({ [`${figure.id}.text`]: field.value })}#${figure.id}`;
    }

    function show() {
      const text = field.value;
      const letters = [...text];
      const widest = letters.reduce((most, it) => Math.max(most, it.codePointAt(0)), 0);
      const kind = rule.kinds.find(([last]) => widest <= last);
      const [wide, utf8] = figure.querySelectorAll("dd");
      cells(wide, letters, () => kind[2]);
      cells(utf8, letters, encoded);
      const size = encoded(text);
      said.textContent = `${tell(letters, widest, kind)} As UTF-8: ${rule.encoded} + `
        + `${written(size)} = ${written(rule.encoded + size)} bytes.`;
      name();
    }

    field.value = field.defaultValue; // a browser may restore what was typed
    const asked = new URLSearchParams(location.search).get(`${figure.id}.text`);
    if (asked === null) name();
    else {
      field.value = asked;
      show();
    }
    field.addEventListener("input", show);
  }

  for (const figure of document.querySelectorAll(".width-of-text")) prepare(figure);
})(); // scripts of a page share their names
