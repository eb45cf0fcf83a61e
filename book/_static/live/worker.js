// The interpreter: Pyodide in a worker, which runs one program after another.

import { loadPyodide } from "./pyodide/pyodide.mjs";

/** Writes that are told at once within a tenth of a second; what comes after them is told together. */
const AT_ONCE = 40;
const WINDOW = 100; // ms
/** Characters that one run may print: an endless loop must not fill the page. */
const LONGEST = 1_000_000;

/** What is printed to one stream, on its way to the page. */
class Printed {
  constructor(stream) {
    this.stream = stream;
    this.begin();
  }

  begin() {
    this.decoder = new TextDecoder();
    this.held = "";
    this.length = this.since = this.told = 0;
  }

  write(bytes) {
    if (this.length > LONGEST) return bytes.length;
    const text = this.decoder.decode(bytes, { stream: true });
    this.held += text;
    this.length += text.length;
    if (this.length > LONGEST) this.held += "\n… and more than is shown here\n";
    const now = performance.now();
    if (now - this.since > WINDOW) [this.since, this.told] = [now, 0];
    if (this.told++ < AT_ONCE || this.held.length > LONGEST / 100) this.tell();
    return bytes.length;
  }

  tell() {
    if (this.held) postMessage({ kind: "output", text: this.held, stream: this.stream });
    this.held = "";
  }
}

const streams = { stdout: new Printed("stdout"), stderr: new Printed("stderr") };

/** Hold a lock as long as this worker lives, which is how the page learns that it does no more. */
function hold(name) {
  return new Promise((held) => {
    if (!navigator.locks) held();
    else navigator.locks.request(name, () => { held(); return new Promise(() => {}); });
  });
}

/** Have a file that does not come end the start: Pyodide would wait for it forever. */
function whateverFails() {
  const fetched = self.fetch;
  return new Promise((_, fail) => {
    self.fetch = async (...request) => {
      const answer = await fetched(...request).catch((error) => (fail(error), Promise.reject(error)));
      if (!answer.ok) fail(new Error(`${answer.status} ${answer.url}`));
      return answer;
    };
  }).finally(() => { self.fetch = fetched; });
}

async function begin(lock) {
  await hold(lock);
  const failed = whateverFails();
  const [python, code] = await Promise.race([failed, Promise.all([
    loadPyodide({ packageBaseUrl: new URL("pyodide/", import.meta.url).href }),
    fetch(new URL("running.py", import.meta.url)).then((answer) => answer.text()),
  ])]);
  python.setStdin({ stdin: () => null }); // nobody types: what asks is told that the input ends
  python.setStdout({ write: (bytes) => streams.stdout.write(bytes) });
  python.setStderr({ write: (bytes) => streams.stderr.write(bytes) });
  const names = python.toPy({ __name__: "running" });
  python.runPython(code, { globals: names, filename: "running.py" });
  const run = names.get("run");
  return {
    version: names.get("version")(),
    run({ code, files, fresh }) {
      const given = python.toPy(files);
      try {
        return run(code, given, fresh).toJs();
      } finally {
        given.destroy();
      }
    },
  };
}

/** Say how an interpreter ended that can go on no more. */
function end(error) {
  const reason = String(error?.message ?? error).trim().split("\n").at(-1);
  const memory = /memory|allocate|allocation/i.test(reason) || error instanceof RangeError;
  postMessage({ kind: "lost", outcome: memory ? "no-memory" : "lost", reason });
}

let python;

self.addEventListener("message", async ({ data }) => {
  if (data.lock) {
    python = await begin(data.lock).catch((error) => {
      postMessage({ kind: "absent", reason: String(error?.message ?? error) });
    });
    if (python) postMessage({ kind: "ready", version: python.version });
    return;
  }
  for (const stream of Object.values(streams)) stream.begin();
  try {
    const [outcome, message, seconds] = python.run(data);
    for (const stream of Object.values(streams)) stream.tell();
    postMessage({ kind: "ended", outcome, message, seconds });
  } catch (error) {
    end(error);
  }
});
