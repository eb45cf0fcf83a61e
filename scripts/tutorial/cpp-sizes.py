"""How large are the containers of C++ that the classic tutorial compares Python with?

Compiles a small program and runs it: `sizeof` of empty containers, and what a thousand elements
take from the heap besides.  Without a C++ compiler it shows a recorded run, and says so.

    python scripts/tutorial/cpp-sizes.py
    python scripts/tutorial/cpp-sizes.py --record book/recorded/cpp-sizes.json
"""

import datetime
import json
import os
import platform
import shutil
import subprocess
from argparse import Namespace
from pathlib import Path
from typing import Any

from measured.command import Experiment, Failure, execute, parser
from measured.files import temporary_folder, whole_file

RECORDED = Path(__file__).resolve().parents[2] / "book" / "recorded" / "cpp-sizes.json"
COMPILERS = ("c++", "g++", "clang++")
OLD_ABI = "-D_GLIBCXX_USE_CXX11_ABI=0"  # as libstdc++ was before GCC 5; other libraries ignore it
OLD = ("std::list", "std::map", "std::string")
LONGEST = 60  # seconds for the compiler, and for its program

PROGRAM = r"""
#include <cstdio>
#include <cstdlib>
#include <list>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

static std::size_t taken = 0;
void* operator new(std::size_t size) { taken += size; return std::malloc(size); }
void operator delete(void* block) noexcept { std::free(block); }

int main() {
    std::printf("std::list %zu\n", sizeof(std::list<int>));
    std::printf("std::map %zu\n", sizeof(std::map<int, int>));
    std::printf("std::unordered_map %zu\n", sizeof(std::unordered_map<int, int>));
    std::printf("std::vector %zu\n", sizeof(std::vector<int>));
    std::printf("std::string %zu\n", sizeof(std::string));
    std::list<int> list(1000);
    std::printf("list elements %zu\n", taken);
    taken = 0;
    std::map<int, int> map;
    for (int key = 0; key < 1000; ++key) map[key] = key;
    std::printf("map elements %zu\n", taken);
}
"""


def measure_now() -> dict[str, Any]:
    """Compile, run, and return the figures with where they come from; Failure if that fails."""
    compiler = next(filter(None, map(shutil.which, COMPILERS)), None)
    if compiler is None:
        raise Failure("no C++ compiler was found")
    sizes, old = sizes_from(compiler), sizes_from(compiler, OLD_ABI)
    if sizes["std::list"] != old["std::list"]:
        sizes |= {f"old {name}": old[name] for name in OLD}
    return {
        "recorded": datetime.date.today().isoformat(),
        "compiler": output_of([compiler, "--version"]).splitlines()[0],
        "platform": f"{platform.system()} {platform.machine()}",
        "sizes": sizes,
    }


def sizes_from(compiler: str, *options: str) -> dict[str, int]:
    with temporary_folder() as folder:
        source, program = folder / "sizes.cpp", folder / "sizes.exe"
        source.write_text(PROGRAM, encoding="ascii")
        with_options = [compiler, "-std=c++14", *options, str(source), "-o", str(program)]
        output_of(with_options, **dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(folder)))
        printed = [line.rsplit(" ", 1) for line in output_of([str(program)]).splitlines()]
    return {name: int(size) for name, size in printed}


def output_of(command: list[str], **variables: str) -> str:
    usual: dict[str, Any] = {"text": True, "timeout": LONGEST, "stderr": subprocess.DEVNULL}
    try:
        return str(subprocess.check_output(command, env=os.environ | variables, **usual))
    except (OSError, subprocess.SubprocessError):
        raise Failure(f"{Path(command[0]).name} does not work here") from None


def main(experiment: Experiment, options: Namespace) -> None:
    try:
        found, how = measure_now(), "compiled now"
    except Failure as reason:
        if options.record:
            raise
        found = json.loads(RECORDED.read_text(encoding="utf-8"))
        how = f"recorded on {found['recorded']}, because {reason}"
    if options.record:
        with whole_file(options.record, "w", encoding="utf-8") as file:
            file.write(json.dumps(found, indent=1) + "\n")
    instrument = f"{found['compiler']}, {found['platform']}; {how}"
    experiment.say(instrument.replace("; ", "\n"))
    for name, size in found["sizes"].items():
        experiment.record(name, size, "bytes", instrument)
    for name in OLD:
        if f"old {name}" not in found["sizes"]:
            experiment.cannot(f"old {name}", "this C++ library has one layout only")


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument(
        "--record", type=Path, metavar="FILE", help="write the figures here, too"
    )
    execute(main, arguments)
