// A 32-bit CPython: Pyodide runs the program that comes on standard input, with the words of this
// command line after `-` as its arguments.
//
//     node web/python.mjs - sizes < src/measured/probe.py

import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [, ...words] = process.argv.slice(2);
const program = readFileSync(0, "utf8");
const python = await loadPyodide({ stdout: (line) => console.log(line) });
python.globals.set("words", python.toPy(["-", ...words]));
python.runPython("import sys; sys.argv[:] = words");
try {
  python.runPython(program, { globals: python.toPy({ __name__: "__main__" }) });
} catch (error) {
  console.error(String(error.message).trim().split("\n").at(-1));
  process.exit(1);
}
