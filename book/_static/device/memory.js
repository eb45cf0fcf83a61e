// What stays on the reader's device. A browser may refuse to keep anything, and from the disk some
// do: then nothing is known, and nothing fails. Scripts that a page loads at once (`predict.js`,
// `trial.js`) guard what they keep themselves: a page from the disk may import no module.

/** Return what `use` makes of the browser's store; `otherwise` where there is none, or it is full. */
function guarded(use, otherwise) {
  try {
    return use(localStorage);
  } catch {
    return otherwise;
  }
}

export const memory = {
  /** What was kept under a key; null where nothing was. */
  get: (key) => guarded((store) => store.getItem(key), null),
  /** Keep a text; false where that cannot be done. */
  set: (key, text) => guarded((store) => (store.setItem(key, text), true), false),
  remove: (key) => guarded((store) => store.removeItem(key)),
  /** The keys that begin with a prefix, in the order of the alphabet. */
  keys: (prefix = "") =>
    guarded((store) => Object.keys(store).filter((key) => key.startsWith(prefix)).sort(), []),
};
