"""Ctrl-C ends a script in one line, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from processes import ROOT, SCRIPTS, Finished, hear_ctrl_c, names_in, run, temporary_files_in
from runs_of_scripts import Answers, Ran, no_offender, of_every_script

DRIVER = ROOT / "tests" / "interrupted.py"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs signals of a POSIX system")


def interrupt(
    name: str,
    options: Sequence[object],
    folder: Path,
    *,
    after: float,
    by: signal.Signals = signal.SIGINT,
) -> Finished:
    """Run a script; `after` seconds into its experiment, signal it and all that it started."""
    marker = folder / "marker"
    temporary = folder / "temporary"
    temporary.mkdir()
    command = [sys.executable, DRIVER, marker, SCRIPTS[name], *options]
    with subprocess.Popen(
        list(map(str, command)),
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **temporary_files_in(temporary)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hear_ctrl_c,
    ) as process:
        while not marker.exists() and process.poll() is None:
            time.sleep(0.002)
        time.sleep(after)
        if process.poll() is None:
            os.killpg(process.pid, by)
        printed, said = process.communicate(timeout=60)
    return Finished(process.args, process.returncode, printed, said)


def ended_in_one_line(finished: Finished, name: str) -> None:
    assert "Traceback" not in finished.stderr, finished.stderr
    assert finished.returncode == 1, finished.stderr
    (line,) = finished.stderr.splitlines()
    assert line.startswith(f"{name}.py: interrupted")


def test_a_script_that_is_interrupted_says_so_in_one_line(answers: dict[str, Answers]) -> None:
    def faults(name: str, answered: Answers) -> Iterator[str]:
        ended_in_one_line(answered["interrupted"].finished, name)
        yield from answered["interrupted"].left

    no_offender(answers, faults)


def press(name: str, folder: Path) -> Answers:
    """Press Ctrl-C while a script measures, at the size that it has by itself.

    Soon: on a fast machine many are over within a tenth of a second.
    """
    finished = interrupt(name, [], folder, after=0.04)
    return {"Ctrl-C": Ran.of(finished, folder / "temporary")}


def test_ctrl_c_on_a_terminal_ends_a_script_and_all_that_it_started(common_folder: Path) -> None:
    def faults(name: str, answered: Answers) -> Iterator[str]:
        pressed = answered["Ctrl-C"]
        if pressed.code == 0:  # it was done before
            yield from pressed.said.splitlines()
        else:
            ended_in_one_line(pressed.finished, name)
        yield from pressed.left

    pressed = of_every_script(common_folder / "pressed", press)
    no_offender(pressed, faults)
    in_time = [name for name, answered in pressed.items() if answered["Ctrl-C"].code != 0]
    assert len(in_time) > len(SCRIPTS) / 3, (
        f"{len(in_time)} only: nearly every script was over before Ctrl-C came"
    )


@pytest.mark.parametrize("after", [0.3, 1.0, 1.4, 1.8, 2.2])
@pytest.mark.parametrize("name", ["test-pickle", "test-flat"])
def test_whenever_it_is_interrupted_the_folder_holds_whole_files_only(
    name: str, after: float, tmp_path: Path
) -> None:
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    final = {"test-pickle": "machin.pkl", "test-flat": "machin.flat"}[name]
    finished = interrupt(name, ["--dir", chosen, "--records", 700_000], tmp_path, after=after)
    if finished.returncode != 0:
        ended_in_one_line(finished, name)
    assert names_in(chosen) <= {final}
    if names_in(chosen):
        whole = (chosen / final).read_bytes()
        assert whole.endswith(b"." if name == "test-pickle" else b")\n")


@pytest.mark.parametrize("name", ["memory-profile-me", "test-pickle", "test-flat"])
def test_a_request_to_end_is_answered_as_ctrl_c_is(name: str, tmp_path: Path) -> None:
    size = "--length" if name == "memory-profile-me" else "--records"
    finished = interrupt(name, [size, 3_000_000], tmp_path, after=0.2, by=signal.SIGTERM)
    ended_in_one_line(finished, name)
    assert names_in(tmp_path / "temporary") == set()


#: Runs a script and presses Ctrl-C when it begins to import a module.
INTERRUPT_AN_IMPORT = """
import runpy, signal, sys
module = sys.argv[1]
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == module:
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Finder)
del sys.argv[:2]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("test-pickle", "json"),
        ("test-pickle", "measured.environment"),
        ("test-pickle", "measured.memory"),
        ("test-pickle", "measured.files"),
        ("memory-profile-me", "dataclasses"),
        ("memory-profile-me", "measured.units"),
    ],
)
def test_an_experiment_that_is_still_imported_ends_in_one_line_too(name: str, module: str) -> None:
    ended_in_one_line(run("-c", INTERRUPT_AN_IMPORT, module, SCRIPTS[name]), name)


def test_other_programs_keep_their_traceback() -> None:
    code = "import measured\nwith measured.watch():\n    raise KeyboardInterrupt"
    finished = run("-c", code)
    assert finished.stderr.startswith("Traceback")
    assert finished.returncode == -signal.SIGINT


def test_a_script_that_is_started_to_ignore_ctrl_c_ignores_it() -> None:
    code = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])\n"
    )
    finished = run("-c", code, DRIVER, "at-first-figure", SCRIPTS["test-pickle"], "--records", 2000)
    assert finished.returncode == 0
    assert "rows read back" in finished.stdout
