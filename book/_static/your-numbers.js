// The figures of a file that the reader chooses, beside the published ones, by the rules of
// `book_kit.evidence.comparison`: a test holds the two against each other.  Nothing is sent.
"use strict";

const yourNumbers = (() => {
  const INTERPRETER = ["implementation", "python", "bits"];
  const ALLOCATION = ["allocator", "malloc", "variables"];
  const MEMORY = [...INTERPRETER, ...ALLOCATION,
    "libc", "system", "page size", "transparent huge pages"];
  const TIME = [...INTERPRETER, ...ALLOCATION, "processor", "cores", "system"];
  const CAN_MOVE = { time: TIME, memory: MEMORY, object: INTERPRETER };
  const CLOSE_MEMORY = 0.03, CLOSE_TIME = 0.25;
  const CLOSE_BY = { MiB: 1, fraction: 0.02, times: 0.02, copies: 0.05, "bytes each": 0.5 };
  const EXACT = ["bytes", "count"];
  const UNITS_OF_TIME = ["s", "ms", "µs", "µs each"];
  const RATIOS = ["times", "fraction"];
  const INSTRUMENTS_OF_MEMORY = ["/proc/", "the kernel's", "psutil", "resident memory",
    "resource.getrusage", "memory_profiler", "memray", "tracemalloc", "sys._debugmallocstats"];
  const DECIMALS = { MiB: 1, KiB: 1, GiB: 1, bytes: 0, "bytes each": 1, count: 0, s: 2, "µs": 2,
    "µs each": 2, ms: 1, times: 2, copies: 2, fraction: 0 };
  const SUFFIX = { count: "", times: "×", fraction: "\u00a0%" };
  const LARGEST = 4 * 2 ** 20; // bytes; a file of this book's figures has some 50,000

  /** The middle of the values; of an even number the lower of the two in the middle. */
  function median(values) {
    return [...values].sort((one, other) => one - other)[Math.floor((values.length - 1) / 2)];
  }

  /** A number with so many decimals, a half to the even neighbor as Python has it. */
  function rounded(value, decimals) {
    const text = Math.abs(value).toFixed(decimals);
    const beyond = Math.abs(value).toFixed(60).split(".")[1].slice(decimals);
    const up = /^50*$/.test(beyond) && /[13579]$/.test(text);
    return up ? (Number(text) - 10 ** -decimals).toFixed(decimals) : text;
  }

  /** A figure as the book writes it: `38.3 MiB`, `1,024 bytes`, `12 %`. */
  function write(value, unit) {
    let decimals = DECIMALS[unit];
    if (unit === "fraction") {
      decimals = Math.abs(value) >= 0.1 || Math.abs(value) < 0.0005 ? 0 : 1;
      value *= 100;
    }
    if (unit === "times" && Math.abs(value) >= 20) decimals = 0;
    if (unit === "copies" && Math.abs(value) >= 10) decimals = 1;
    const [whole, part] = rounded(value, decimals).split(".");
    const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? `.${part}` : "");
    const sign = value < 0 && /[1-9]/.test(digits) ? "−" : "";
    return sign + digits + (SUFFIX[unit] ?? `\u00a0${unit}`);
  }

  const isObject = it => typeof it === "object" && it !== null && !Array.isArray(it);
  const isText = it => typeof it === "string";

  /** A part of an object, which has to be of a kind. */
  function part(content, key, isKind, otherwise) {
    const found = Object.hasOwn(content, key) ? content[key] : otherwise;
    if (!isKind(found)) throw new Error(`has '${key}' missing or of another type`);
    return found;
  }

  /** A part of an object that has texts alone. */
  function texts(content, key) {
    const found = part(content, key, isObject);
    const wrong = Object.keys(found).find(name => !isText(found[name]));
    if (wrong !== undefined) throw new Error(`has under '${key}' no text for ${wrong}`);
    return found;
  }

  /** A figure of the file, with its page and with what of its environment is its own. */
  function figure(entry) {
    if (!isObject(entry)) throw new Error("has a figure that is no object");
    const name = part(entry, "name", isText), { values } = entry;
    if (!Array.isArray(values) || !values.length || !values.every(Number.isFinite)) {
      throw new Error(`has no list of numbers for ${name}`);
    }
    const unit = part(entry, "unit", isText);
    if (!Object.hasOwn(DECIMALS, unit)) {
      throw new Error(`has ${name} in '${unit}', which is no unit of the book`);
    }
    const instrument = part(entry, "instrument", isText);
    part(entry, "page", isText);
    const isEmpty = !entry.where || (Array.isArray(entry.where) && !entry.where.length);
    return { name, unit, values, instrument, where: isEmpty ? {} : texts(entry, "where") };
  }

  /** The figures of a build, by name, from what its `numbers.json` has. */
  function read(content) {
    if (!isObject(content)) throw new Error("is no object");
    const figures = new Map();
    for (const entry of part(content, "figures", Array.isArray)) {
      const made = figure(entry);
      if (figures.has(made.name)) throw new Error(`has ${made.name} twice`);
      figures.set(made.name, made);
    }
    const incomplete = part(content, "incomplete", Array.isArray, []).map(String);
    return { figures, incomplete, environment: texts(content, "environment") };
  }

  /** What a figure is one of: `time`, `memory` of a process, or an `object`. */
  function kind({ unit, instrument }) {
    const names = instrument.split(/, (?:and )?|; /);
    const ratio = RATIOS.includes(unit) && names.some(name => name.startsWith("time."));
    if (UNITS_OF_TIME.includes(unit) || ratio) return "time";
    return names.some(name => INSTRUMENTS_OF_MEMORY.some(it => name.startsWith(it)))
      ? "memory" : "object";
  }

  function agree(theirs, mine) {
    const what = kind(theirs), middle = median(theirs.values);
    if (EXACT.includes(theirs.unit) && what === "object") return middle === median(mine.values);
    const share = what === "time" ? CLOSE_TIME : CLOSE_MEMORY;
    const room = Math.max(Math.abs(middle) * share, CLOSE_BY[theirs.unit] ?? 0);
    return Math.min(...mine.values) <= Math.max(...theirs.values) + room
      && Math.max(...mine.values) >= Math.min(...theirs.values) - room;
  }

  /** What an environment has under a name, published and here. */
  function both(published, here, key) {
    let theirs = published[key], mine = here[key];
    if (key === "malloc" && (theirs || mine)) { // before it was named it was the C library's
      theirs ||= published.libc;
      mine ||= here.libc;
    }
    return [theirs || "none", mine || "none"];
  }

  /** What differs between two environments and can move such a figure. */
  function explain(figure, published, here) {
    const can = CAN_MOVE[kind(figure)];
    const found = [...new Set([...MEMORY, ...TIME])].filter(key => can.includes(key))
      .map(key => [key, ...both(published, here, key)])
      .filter(([, theirs, mine]) => theirs !== mine)
      .map(([key, theirs, mine]) => `${key} ${theirs} → ${mine}`);
    return found.join("; ") || "nothing that we record: runs differ by as much";
  }

  /** Each published figure beside one of here: whether they agree, and if not, why. */
  function compare(published, here) {
    return [...published.figures.values()].map(theirs => {
      let mine = here.figures.get(theirs.name) ?? null;
      if (mine && mine.unit !== theirs.unit) mine = null;
      if (!mine) return { name: theirs.name, mine, agrees: null, why: "not measured here" };
      const agrees = agree(theirs, mine);
      const why = agrees ? "" : explain(theirs, { ...published.environment, ...theirs.where },
        { ...here.environment, ...mine.where });
      return { name: theirs.name, mine, agrees, why };
    });
  }

  /** The figures in a file; what is wrong with it is an error whose message a reader can use. */
  async function open(file, published) {
    if (file.size > LARGEST) throw new Error("is too large for a file of figures");
    let content;
    try {
      content = JSON.parse(await file.text());
    } catch {
      throw new Error("is no JSON");
    }
    const here = read(content);
    if (![...here.figures.keys()].some(name => published.figures.has(name))) {
      throw new Error("has none of the figures published here: it is of another version of the book");
    }
    return here;
  }

  return { compare, median, open, read, write };
})();

(() => {
  const area = document.querySelector(".own-numbers");
  if (!area) return;
  const published = yourNumbers.read(
    JSON.parse(document.getElementById("published-numbers").textContent));
  const choose = area.querySelector("input"), again = area.querySelector("button");
  const status = area.querySelector("[role=status]");
  const summary = document.querySelector(".ledger-summary");
  const machines = document.querySelector(".machines");
  const heads = [...document.querySelectorAll(".comparison thead th:nth-child(3)"),
    machines.querySelector("thead th:nth-child(3)")];
  const rows = new Map([...document.querySelectorAll("[data-figure]")]
    .map(row => [row.dataset.figure, row]));
  const STATES = new Map([[true, ["holds", "same"]], [false, ["differs", "different"]],
    [null, ["unmeasured", "not measured"]]]);
  // What the page said when it came: the build's figures.
  const built = new Map([...rows].map(([name, row]) => [name, {
    cells: [row.cells[2], row.cells[3]], body: row.parentElement,
  }]));
  const before = {
    heads: heads.map(head => head.textContent),
    summary: [...summary.childNodes],
    machines: machines.querySelector("tbody").innerHTML,
  };

  function element(name, content = "", attributes = {}) {
    const made = document.createElement(name);
    made.append(content);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  /** A figure of the file as the page shows any: a button with what stands behind it. */
  function figureCell(figure) {
    const cell = element("td", "", { class: "number" });
    if (!figure) return cell;
    const { values, unit, instrument } = figure;
    const runs = values.length > 1 ? `median of ${values.length} runs` : "one run";
    cell.append(element("button", yourNumbers.write(yourNumbers.median(values), unit), {
      type: "button", class: "measured", title: `${runs}; ${instrument}`, "data-runs": "",
      "data-values": values.join(" "),
    }));
    return cell;
  }

  function verdictCell({ agrees, why }) {
    const [state, words] = STATES.get(agrees);
    const cell = element("td", element("span", words, { class: `claim-verdict ${state}` }));
    if (agrees === false) cell.append(` ${why}`);
    return cell;
  }

  /** Where a row with such a verdict stands: among its like, or with those of its page. */
  function bodyFor(row, agrees) {
    const page = row.querySelector(".claim-id").getAttribute("href")?.split("#")[0];
    const wanted = agrees ? `[data-page="${page}"]` : `[data-state="${STATES.get(agrees)[0]}"]`;
    return document.querySelector(`tbody${wanted}`) ?? row.parentElement;
  }

  function put(row, cells, body) {
    cells.forEach((cell, number) => row.cells[2 + number].replaceWith(cell));
    body.append(row);
  }

  /** Each fold says how many rows it has. */
  function count() {
    for (const folded of document.querySelectorAll("details.same")) {
      folded.querySelector(".count").textContent = folded.querySelector("tbody").rows.length;
    }
  }

  function summarize(found) {
    const number = agrees => found.filter(row => row.agrees === agrees).length;
    const parts = [[number(true), "agree"], [number(false), "differ"],
      [number(null), "are not measured in it"]].filter(([count]) => count);
    summary.replaceChildren(`Of ${found.length} published figures, `);
    parts.forEach(([count, words], place) => {
      summary.append(place ? ", " : "", element("strong", count), ` ${words}`);
    });
    summary.append(".");
  }

  function showMachines(here) {
    const keys = new Set([...Object.keys(published.environment), ...Object.keys(here)]);
    machines.querySelector("tbody").replaceChildren(...[...keys].map(key => {
      const row = element("tr", element("th", key, { scope: "row" }));
      row.append(element("td", published.environment[key] ?? ""), element("td", here[key] ?? ""));
      return row;
    }));
  }

  /** The page with the figures of a file. */
  function show(name, here) {
    const found = yourNumbers.compare(published, here);
    for (const one of found) {
      const row = rows.get(one.name);
      if (row) put(row, [figureCell(one.mine), verdictCell(one)], bodyFor(row, one.agrees));
    }
    const { implementation, python, system } = here.environment;
    const machine = [[implementation, python].filter(Boolean).join(" "), system];
    for (const head of heads) {
      head.textContent = `yours: ${machine.filter(Boolean).join(", ") || name}`;
    }
    summarize(found);
    showMachines(here.environment);
    count();
    again.hidden = false;
    area.classList.remove("wrong");
    const reason = here.incomplete[0];
    status.textContent = `The figures are now those of your ${name}.`
      + (reason ? ` That build is not whole: ${reason}.` : "");
  }

  /** The page as it came. */
  function showBuilt() {
    for (const [name, { cells, body }] of built) put(rows.get(name), cells, body);
    heads.forEach((head, number) => { head.textContent = before.heads[number]; });
    summary.replaceChildren(...before.summary);
    machines.querySelector("tbody").innerHTML = before.machines;
    count();
    again.hidden = true;
    status.textContent = "The figures are those of this build again.";
    choose.focus();
  }

  async function take(file) {
    try {
      show(file.name, await yourNumbers.open(file, published));
    } catch (error) {
      area.classList.add("wrong");
      status.textContent = `${file.name} ${error.message}. Choose the numbers.json that`
        + " make book leaves in _build/html.";
    }
  }

  choose.addEventListener("change", () => {
    if (choose.files.length) take(choose.files[0]);
    choose.value = ""; // so that the same file can be chosen again
  });
  again.addEventListener("click", showBuilt);
  addEventListener("dragover", event => {
    event.preventDefault();
    area.classList.add("over");
  });
  addEventListener("dragleave", event => { if (!event.relatedTarget) area.classList.remove("over"); });
  addEventListener("drop", event => {
    event.preventDefault();
    area.classList.remove("over");
    if (event.dataTransfer.files.length) take(event.dataTransfer.files[0]);
  });
  summary.setAttribute("role", "status"); // what it says of another file is heard, too
  area.hidden = false;
})();
