// The search: results as one types, from an index of all sections.  `search.js` fetches this file and
// the index when a field is first used.

/** Words that say nothing of what is sought, unless nothing else is there. */
const EMPTY_WORDS = new Set(("a after an and are as at be by can could do does for from get gets " +
  "give has have how i if in is it its my no not of on or so that the then this to up was what " +
  "when where which why will with you your").split(" "));
/** Results below a field; results that are few; milliseconds of a pause. */
const AT_ONCE = 8, FEW = 3, PAUSE = 90;
const SHORT = 12, LONGEST = 36;  // sentences, in words
const ENDS = /[.?!…][)"”’]*$/;  // a word that ends a sentence, as far as it can be seen,
const BEGINS = /^["“‘'(]?[\p{Lu}\p{N}]/u;  // and one that begins the next

let index;

/** Fetch the index once; sections are ranked by what they say, whatever their length. */
function load(form) {
  index ||= import(new URL(form.dataset.index, document.baseURI).href).then(async pagefind => {
    await pagefind.options({ ranking: { pageLength: 0.4, termFrequency: 0.6, metaWeights: {
      title: 3, page: 0.3, at: 0 } } });
    await pagefind.init();
    return pagefind;
  });
  return index;
}

/** What is sought, word by word, less the empty words. */
function wordsOf(query) {
  const words = query.toLowerCase().replace(/['’]/g, "").match(/[\p{L}\p{N}_]+/gu) || [];
  const telling = words.filter(word => !EMPTY_WORDS.has(word) && !/^[^\d]$/.test(word));
  return [...new Set(telling.length ? telling : words)];
}

/** The words of a section, in the places that the index counts. */
const placesOf = content => content.split(/\s+/);

/** What the index has for one word; nothing where it fell back on a few first letters. */
async function findWord(pagefind, word) {
  const { results } = await pagefind.search(word);
  if (!results.length) return results;
  const places = placesOf((await results[0].data()).content);
  const begin = word.slice(0, Math.max(3, Math.ceil(word.length * 0.6)));
  return results[0].words.some(at => places[at].toLowerCase().includes(begin)) ? results : [];
}

/** The sections that have most of the words, best first. */
async function find(pagefind, query) {
  const words = wordsOf(query), sections = new Map();
  const found = await Promise.all(words.map(word => findWord(pagefind, word)));
  found.forEach((results, word) => {
    for (const { id, score, words: places, data } of results) {
      const section = sections.get(id) || { data, score: 0, words: 0, at: new Map() };
      section.score += score;
      section.words += 1;
      for (const place of places) section.at.set(place, word);
      sections.set(id, section);
    }
  });
  const rank = section => section.score * section.words ** 2;
  const all = [...sections.values()].sort((a, b) => rank(b) - rank(a));
  const close = all.filter(section => section.words > words.length / 2);
  return close.length < FEW ? all : close;
}

/** Where each sentence of a part begins and ends: `¶` stands before its paragraphs. */
function sentences(words, from, to) {
  const all = [];
  for (let at = from, begin = from; at < to; at++) {
    if (words[at] === "¶") begin = at + 1;
    else if (at + 1 === to || words[at + 1] === "¶"
        || (ENDS.test(words[at]) && BEGINS.test(words[at + 1]))) {
      all.push([begin, at + 1]);
      begin = at + 1;
    }
  }
  return all;
}

/** The sentence of a section that has most of the words, or else its first one. */
function bestSentence(words, at) {
  const prose = words.indexOf("§") + 1, rest = words.indexOf("§", prose) + 1;
  const all = [...sentences(words, prose, rest - 1), ...sentences(words, rest, words.length)];
  const weigh = ([begin, end]) => new Set(
    [...at].filter(([place]) => place >= begin && place < end).map(([, word]) => word)).size;
  const best = all.reduce((best, next) => weigh(next) > weigh(best) ? next : best, all[0] || [0, 0]);
  let end = best[1];
  for (const next of all) {  // a short one takes those along that follow it in its paragraph
    if (next[0] === end && end - best[0] < SHORT && next[1] - best[0] <= LONGEST) end = next[1];
  }
  return [best[0], end];
}

/** The words of a sentence, with those that were sought marked; a long one is cut around them. */
function excerpt(words, at) {
  let [begin, end] = bestSentence(words, at);
  const made = make("span", { class: "search-excerpt" });
  const first = words.findIndex((_, place) => place >= begin && place < end && at.has(place));
  if (end - begin > LONGEST) {
    const from = Math.max(begin, Math.min(first - 8, end - LONGEST));
    if (from > begin) made.append("… ");
    [begin, end] = [from, from + LONGEST];
  }
  for (let place = begin; place < end; place++) {
    made.append(at.has(place) ? make("mark", {}, words[place]) : words[place], " ");
  }
  if (words.length > end && !ENDS.test(words[end - 1])) made.append("…");
  return made;
}

/** An element with attributes and a text. */
function make(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

/** A link to a section: its heading, its page, and the sentence of it that answers. */
async function linkTo(section, attributes = {}) {
  const { meta, content } = await section.data();
  const root = new URL(document.documentElement.dataset.content_root, document.baseURI);
  const link = make("a", { href: new URL(meta.at, root).href, ...attributes });
  link.append(make("span", { class: "search-heading" }, meta.title));
  if (meta.page !== meta.title) link.append(" ", make("span", { class: "search-page" }, meta.page));
  link.append(" ", excerpt(placesOf(content), section.at));
  return link;
}

/** How many were found, in words. */
const count = number => number === 1 ? "1 section" : `${number} sections`;

/** Call a function with what was typed last, once typing pauses; and hand on its answer alone. */
function asOneTypes(form, answer) {
  let last = 0;
  return async query => {
    const mine = ++last;
    await new Promise(later => setTimeout(later, PAUSE));
    if (mine !== last) return;
    const found = query ? await find(await load(form), query) : [];
    if (mine === last) await answer(query, found, () => mine === last);
  };
}

/** Below the sidebar's field: results as one types, for the keyboard, the pointer and a finger. */
export function suggest(form) {
  const field = form.elements.q;
  const list = make("div", { id: "search-found", role: "listbox", "aria-label": "Sections" });
  const more = make("a", { class: "search-more" });
  const popup = make("div", { class: "search-popup", popover: "manual" });
  const status = make("p", { class: "visually-hidden", role: "status" });
  popup.append(list, more);
  form.append(popup, status);
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list",
    "aria-controls": list.id, "aria-expanded": "false" })) field.setAttribute(key, value);

  const isOpen = () => popup.matches(":popover-open");
  const choose = option => {
    list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  };
  const hide = () => {
    choose(null);
    if (isOpen()) popup.hidePopover();
    field.setAttribute("aria-expanded", "false");
  };
  const show = () => {
    const at = field.getBoundingClientRect();
    popup.style.top = `${at.bottom + 4}px`;
    popup.style.left = `${Math.max(8, at.left + 8)}px`;
    if (!isOpen()) popup.showPopover();
    field.setAttribute("aria-expanded", "true");
  };

  const update = asOneTypes(form, async (query, found, current) => {
    const links = await Promise.all(found.slice(0, AT_ONCE).map((section, number) => linkTo(section,
      { id: `search-found-${number}`, role: "option", tabindex: "-1", "aria-selected": "false" })));
    if (!current()) return;
    choose(null);
    list.replaceChildren(...links);
    list.hidden = !found.length;
    more.textContent = found.length ? `All results: ${count(found.length)}` : "Nothing found";
    const all = new URL(form.action);
    all.searchParams.set("q", query);
    more.href = all.href;
    status.textContent = !query ? "" : found.length ? `${count(found.length)}; arrow keys choose`
      : "Nothing found";
    if (query && document.activeElement === field) show();
    else hide();
  });
  const move = step => {
    const options = [...list.children];
    const now = options.findIndex(option => option.ariaSelected === "true");
    const next = (now < 0 && step < 0 ? 0 : now) + step;
    choose(options[(next + options.length) % options.length]);
  };

  load(form).catch(() => {});
  field.addEventListener("focus", () => { if (list.children.length && field.value) show(); });
  field.addEventListener("input", () => update(field.value.trim()).catch(hide));
  field.addEventListener("keydown", event => {
    if (!isOpen()) return;
    const chosen = list.querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && chosen) chosen.click();
    else if (event.key === "Escape") hide();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  popup.addEventListener("pointerdown", event => event.preventDefault());  // the field keeps the focus
  list.addEventListener("click", () => {
    hide();
    field.blur();
    const drawer = document.getElementById("__navigation");
    if (drawer) drawer.checked = false;
  });
  form.addEventListener("focusout", event => { if (!form.contains(event.relatedTarget)) hide(); });
  addEventListener("resize", hide, { passive: true });
  if (field.value) update(field.value.trim()).catch(hide);  // typed while this was fetched
}

/** On the page of results: all of them; where the index is out of reach, whatever `otherwise` does. */
export function showAll(form, otherwise) {
  const field = form.elements.q, place = document.getElementById("search-results");
  const status = make("p", { role: "status" }), list = make("ol", { class: "search-list" });
  let isLost = false;
  const giveUp = () => {
    if (!isLost) otherwise(form);
    isLost = true;
  };
  const update = asOneTypes(form, async (query, found, current) => {
    const links = await Promise.all(found.map(section => linkTo(section)));
    if (!current()) return;
    list.replaceChildren(...links.map(link => {
      const item = make("li");
      item.append(link);
      return item;
    }));
    status.textContent = !query ? "" : found.length ? `${count(found.length)} found for “${query}”`
      : `Nothing found for “${query}”`;
  });
  const follow = () => {
    if (isLost) return;
    const query = field.value.trim();
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    update(query).catch(giveUp);
  };
  place.append(status, list);
  field.addEventListener("input", follow);
  form.addEventListener("submit", event => {
    if (!isLost) event.preventDefault();
    follow();
  });
  if (field.value) follow();
}
