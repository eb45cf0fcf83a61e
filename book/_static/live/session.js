// One interpreter for a page. It is fetched when code is first run, in a worker, and runs one
// program after another.

const SENTENCES = {
  "no-memory":
    "Memory ran out: a browser gives Python less than your system would. " +
    "It begins anew at the next run; your code is still here.",
  lost: "Python came to a sudden end. It begins anew at the next run; your code is still here.",
  stopped: "Stopped. Python begins anew at the next run.",
};
const NOT_HERE = "This browser runs no WebAssembly, which Python needs here.";
const FROM_DISK =
  "This page was opened from a disk, where browsers start no Python; open it from a server.";
const NOT_FETCHED = "Python could not be fetched; look at the connection, and run again.";

const waiting = [];
let current = null; // the job that runs
let worker = null;
let ready = null; // fulfilled with the worker's version
let told = "";

/** Which Python it is, such as "CPython 3.14.2, 32 bits"; empty before the first run. */
export const version = () => told;

/**
 * Run a program, after those that wait already.
 *
 * @param {string} code
 * @param {object} options
 *   files: texts to write into the working folder first, by path;
 *   globals: "shared" with the page's other programs, or "fresh": no names, files or modules;
 *   onOutput: gets what is printed, as it comes, and the stream's name;
 *   onState: gets "waiting", "loading" and "running";
 *   limit: seconds after which it is stopped; 0 for never.
 * @returns {Promise<{outcome: string, seconds: number, message: string}>}
 *   outcome: "done", "failed", "stopped", "no-memory", "lost" or "unavailable".
 */
export function run(code, options = {}) {
  const { files = {}, globals = "shared", onOutput = () => {}, onState = () => {}, limit = 0 } =
    options;
  const lacking = whatIsLacking();
  if (lacking) return Promise.resolve({ outcome: "unavailable", seconds: 0, message: lacking });
  return new Promise((settle) => {
    waiting.push({ code, files, fresh: globals === "fresh", onOutput, onState, limit, settle });
    if (current) onState("waiting");
    else next();
  });
}

/** End what runs, and what waits. */
export function stop() {
  if (current) finish("stopped");
}

function whatIsLacking() {
  if (location.protocol === "file:") return FROM_DISK;
  return typeof WebAssembly === "object" && typeof Worker === "function" ? "" : NOT_HERE;
}

async function next() {
  const job = (current = waiting.shift() ?? null);
  if (!job) return;
  if (!worker) {
    job.onState("loading");
    start();
  }
  await ready;
  if (current !== job) return; // stopped meanwhile
  job.onState("running");
  job.began = performance.now();
  if (job.limit) job.timer = setTimeout(() => finish("stopped"), 1000 * job.limit);
  worker.postMessage({ code: job.code, files: job.files, fresh: job.fresh });
}

function start() {
  const own = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  const lock = `python ${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
  worker = own;
  ready = new Promise((fulfill) => {
    own.onmessage = ({ data }) => {
      if (worker !== own) return;
      if (data.kind === "output") current?.onOutput(data.text, data.stream);
      else if (data.kind === "ended") settle(data);
      else if (data.kind === "lost") finish(data.outcome);
      else if (data.kind === "absent") finish("unavailable", NOT_FETCHED);
      else {
        told = data.version;
        watch(own, lock);
        fulfill();
      }
    };
  });
  own.onerror = () => {
    if (worker === own) finish(told ? "lost" : "unavailable", told ? SENTENCES.lost : NOT_FETCHED);
  };
  own.postMessage({ lock });
}

/** Learn that a worker is gone: it holds a lock while it lives, and says nothing when it dies. */
function watch(own, lock) {
  navigator.locks?.request(lock, () => {
    if (worker === own) finish("lost");
  });
}

/** End the interpreter: what runs ends so, and what waits with it. */
function finish(outcome, message = SENTENCES[outcome]) {
  worker?.terminate();
  worker = null;
  const ended = [current, ...waiting.splice(0)].filter(Boolean);
  current = null;
  for (const job of ended) {
    clearTimeout(job.timer);
    const seconds = job.began ? (performance.now() - job.began) / 1000 : 0;
    job.settle({ outcome, seconds, message });
  }
}

/** Hand on how a program ended, and run the next one. */
function settle({ outcome, seconds, message }) {
  // What has filled the memory of WebAssembly is never given back: begin anew.
  if (outcome === "no-memory") return finish(outcome);
  const job = current;
  clearTimeout(job.timer);
  job.settle({ outcome, seconds, message });
  next();
}
