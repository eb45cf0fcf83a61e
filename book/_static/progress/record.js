// What a reader has done: of each thing a key on the device, `done PAGE#ID`.

import { memory } from "../device/memory.js";

const DONE = "done ";

export const nameOf = (where, id) => `${where}#${id}`;
export const isDone = (name) => memory.get(DONE + name) !== null;
export const all = () => memory.keys(DONE).map((key) => key.slice(DONE.length));
/** Forget it all, and what was predicted: an answered prediction would count again. */
export const forget = () => [DONE, "predict "].flatMap(memory.keys).forEach(memory.remove);

/** Keep that something is done; false where the device refuses. */
export function keep(name) {
  const kept = memory.set(DONE + name, "1");
  dispatchEvent(new Event("done"));
  return kept;
}
