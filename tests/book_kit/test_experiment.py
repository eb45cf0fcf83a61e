"""A script runs in a fresh interpreter for every repeat, and its failure is told in one line."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent, indent

import psutil
import pytest
from processes import SRC, run

from book_kit import project
from book_kit.running import experiment, interpreter, progress
from book_kit.running.experiment import Unavailable
from book_kit.running.interpreter import ExperimentError

WriteScript = Callable[[str], str]

BEGINNING = """
import os, sys, time
from argparse import Namespace
from measured.command import Experiment, Failure, execute, parser

def main(experiment: Experiment, options: Namespace) -> None:
"""
ENDING = """
arguments = parser("A script of a test.")
arguments.add_argument("--size", type=int, default=1)
execute(main, arguments)
"""


@pytest.fixture
def write_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WriteScript:
    """Return a function that makes a script named `probe` from the body of its `main`."""
    folder = tmp_path / "scripts"
    folder.mkdir()
    (tmp_path / "_toc.yml").touch()
    monkeypatch.setenv(project.VARIABLE, str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(SRC))

    def write(body: str) -> str:
        (folder / "probe.py").write_text(BEGINNING + indent(dedent(body), "    ") + ENDING)
        return "probe"

    return write


def test_every_repeat_has_a_process_of_its_own(write_script: WriteScript) -> None:
    name = write_script('experiment.record("pid", os.getpid(), "count", "os.getpid")')
    pids = experiment.run(name, repeats=3)["pid"].values
    assert len({*pids, os.getpid()}) == 4


def test_nothing_of_one_repeat_is_seen_by_the_next(write_script: WriteScript) -> None:
    name = write_script(
        """
        before = getattr(os, "left_behind", 0)
        os.left_behind = 1
        experiment.record("before", before, "count", "getattr")
        """
    )
    assert experiment.run(name, repeats=2)["before"].values == (0, 0)


def test_every_repeat_gives_one_value_with_the_unit_and_instrument_of_the_script(
    write_script: WriteScript,
) -> None:
    name = write_script('experiment.record("size", options.size, "bytes", "getsizeof")')
    result = experiment.run(name, "--size", 28, repeats=3)
    assert result["size"].values == (28, 28, 28)
    assert (result["size"].unit, result["size"].instrument) == ("bytes", "getsizeof")
    assert result["size"].name == "probe.size"
    assert experiment.run(name, repeats=1, key="other")["size"].name == "other.size"


def test_the_command_is_what_a_reader_types(write_script: WriteScript) -> None:
    name = write_script('experiment.record("size", options.size, "bytes", "getsizeof")')
    result = experiment.run(name, "--size", 28, repeats=1, environment={"PYTHONMALLOC": "malloc"})
    assert result.command == "PYTHONMALLOC=malloc python scripts/probe.py --size 28"


def test_the_output_is_what_the_script_tells_its_reader(write_script: WriteScript) -> None:
    name = write_script('experiment.say("Look here.")')
    assert experiment.run(name, repeats=1).output == "Look here.\n"


def test_variables_reach_the_script(write_script: WriteScript) -> None:
    name = write_script('experiment.record("seen", int(os.environ["SEEN"]), "count", "environ")')
    assert experiment.run(name, repeats=1, environment={"SEEN": "7"})["seen"].values == (7,)


def test_a_script_does_not_write_into_the_progress_of_the_build(
    write_script: WriteScript, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(progress.VARIABLE, str(tmp_path / "progress"))
    name = write_script(
        f'experiment.record("seen", {progress.VARIABLE!r} in os.environ, "count", "environ")'
    )
    assert experiment.run(name, repeats=1)["seen"].values == (0,)
    assert re.fullmatch(
        r" +python scripts/probe.py  \[1/1, \d+\.\d s\]\n", (tmp_path / "progress").read_text()
    )


def test_points_for_a_picture_come_along(write_script: WriteScript) -> None:
    name = write_script('experiment.series("curve", [(0, 1), (2, 3.5)])')
    assert experiment.run(name, repeats=1).series == {"curve": [(0, 1), (2, 3.5)]}


def test_a_figure_that_cannot_be_had_says_why(write_script: WriteScript) -> None:
    name = write_script('experiment.cannot("size", "needs a moon")')
    result = experiment.run(name, repeats=1)
    with pytest.raises(Unavailable, match="needs a moon") as caught:
        result["size"]
    assert caught.value.reason == "needs a moon"


def test_a_figure_that_nobody_measured_is_answered_with_those_that_were(
    write_script: WriteScript,
) -> None:
    name = write_script('experiment.record("size", 1, "bytes", "getsizeof")')
    with pytest.raises(LookupError, match="it measured size") as caught:
        experiment.run(name, repeats=1)["length"]
    assert not isinstance(caught.value, Unavailable)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('raise Failure("the moon is not full")', "exit code 1: .*the moon is not full$"),
        ('print("a\\nb", file=sys.stderr); raise Failure("late")', "exit code 1: .*late$"),
        ("sys.exit(3)", "exit code 3: it gave no reason$"),
        ("raise ZeroDivisionError('one over none')", "exit code 1: .*one over none$"),
    ],
)
def test_a_failure_carries_the_one_line_of_the_script(
    write_script: WriteScript, body: str, reason: str
) -> None:
    with pytest.raises(ExperimentError, match=f"^probe failed with {reason}") as caught:
        experiment.run(write_script(body), repeats=1)
    assert "\n" not in str(caught.value)


def test_wrong_usage_is_a_failure_with_the_parser_s_own_words(write_script: WriteScript) -> None:
    name = write_script("pass")
    with pytest.raises(ExperimentError, match=r"exit code 2: .*--sise.*try --help"):
        experiment.run(name, "--sise", 1, repeats=1)


def test_a_script_that_is_missing_is_a_failure(write_script: WriteScript) -> None:
    write_script("pass")
    with pytest.raises(LookupError, match=r"missing\.py is missing in scripts/"):
        experiment.run("missing", repeats=1)


def test_a_run_that_hangs_is_ended(
    write_script: WriteScript, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    late = tmp_path / "late"
    monkeypatch.setattr(interpreter, "LONGEST_RUN", 0.5)
    name = write_script(f"time.sleep(3); open({str(late)!r}, 'w')")
    with pytest.raises(ExperimentError, match=r"^probe did not finish in 0\.5 s$"):
        experiment.run(name, repeats=1)
    assert not late.exists()


def test_the_peak_of_a_result_is_that_of_its_highest_repeat(write_script: WriteScript) -> None:
    name = write_script(
        """
        with experiment.step("hold"):
            block = b"x" * (options.size * 2**20)
        del block
        with experiment.step("nothing"):
            pass
        """
    )
    small, large = (experiment.run(name, "--size", size, repeats=1) for size in (1, 201))
    assert large.peak_mib - small.peak_mib == pytest.approx(200, rel=0.02)


def test_the_listing_is_of_the_repeat_that_lies_nearest_to_the_medians(
    write_script: WriteScript, tmp_path: Path
) -> None:
    name = write_script(
        f"""
        place = {str(tmp_path / "number")!r}
        number = int(open(place).read()) if os.path.exists(place) else 0
        with open(place, "w") as file:
            file.write(str(number + 1))
        experiment.record("size", [900, 500, 510][number], "bytes", "getsizeof")
        """
    )
    result = experiment.run(name, repeats=3)
    assert result["size"].values == (900, 500, 510)
    assert "510\N{NO-BREAK SPACE}bytes" in result.output


@pytest.fixture
def runs_in_turn(write_script: WriteScript, tmp_path: Path) -> Callable[[str], str]:
    """Return a maker of scripts in which `number` says which repeat it is, from 0 on."""

    def script(body: str) -> str:
        count = f"""
        place = {str(tmp_path / "number")!r}
        number = int(open(place).read()) if os.path.exists(place) else 0
        with open(place, "w") as file:
            file.write(str(number + 1))
        """
        return write_script(count + body)

    return script


def test_what_a_listing_does_not_show_has_no_say_in_which_is_shown(
    runs_in_turn: Callable[[str], str],
) -> None:
    name = runs_in_turn("""
        experiment.record("size", [7.30, 7.34, 7.32][number], "copies", "counted")
        for hidden in ("one", "two", "three"):
            experiment.keep(hidden, [5, 9, 1][number], "bytes", "counted")
        """)
    result = experiment.run(name, repeats=3)
    assert "7.32\N{NO-BREAK SPACE}copies" in result.output
    assert str(result["size"]) == "7.32\N{NO-BREAK SPACE}copies"


def test_a_listing_differs_from_the_medians_in_as_few_figures_as_can_be(
    runs_in_turn: Callable[[str], str],
) -> None:
    name = runs_in_turn("""
        experiment.record("first", [10, 11, 12][number], "count", "counted")
        experiment.record("second", [50, 51, 52][number], "count", "counted")
        experiment.record("third", [100, 900, 500][number], "count", "counted")
        """)
    result = experiment.run(name, repeats=3)
    assert "11" in result.output
    assert "51" in result.output


def test_of_two_repeats_one_had_the_figure_that_is_quoted(
    runs_in_turn: Callable[[str], str],
) -> None:
    name = runs_in_turn('experiment.record("size", [5.96, 6.00][number], "copies", "counted")')
    result = experiment.run(name, repeats=2)
    assert str(result["size"]) in result.output


@pytest.mark.parametrize("odd", [1, 2])
def test_a_repeat_that_measures_other_figures_is_a_failure_that_names_them(
    write_script: WriteScript, tmp_path: Path, odd: int
) -> None:
    name = write_script(
        f"""
        place = {str(tmp_path / "number")!r}
        number = int(open(place).read()) if os.path.exists(place) else 1
        with open(place, "w") as file:
            file.write(str(number + 1))
        experiment.record("size", 1, "bytes", "getsizeof")
        if number != {odd}:
            experiment.record("length", 1, "count", "len")
        """
    )
    with pytest.raises(ExperimentError, match=f"measured 'length' in some .* not in number {odd};"):
        experiment.run(name, repeats=2)


def test_a_figure_that_one_repeat_cannot_give_is_given_up_with_its_reason(
    write_script: WriteScript, tmp_path: Path
) -> None:
    name = write_script(
        f"""
        place = {str(tmp_path / "seen")!r}
        if os.path.exists(place):
            experiment.cannot("size", "seen before")
        else:
            open(place, "w").close()
            experiment.record("size", 1, "bytes", "getsizeof")
        """
    )
    with pytest.raises(Unavailable, match="seen before"):
        experiment.run(name, repeats=2)["size"]


def test_a_report_that_is_no_object_is_a_failure_in_one_line(write_script: WriteScript) -> None:
    write_script("pass")
    script = next(tmp for tmp in [project.script("probe")])
    script.write_text("print([1])\n")
    with pytest.raises(ExperimentError, match=r"^probe reported no JSON object: '\[1\]"):
        experiment.run("probe", repeats=1)


@pytest.mark.parametrize("variable", ["MPLBACKEND", "PYTHONTRACEMALLOC", "MEASURED_PROGRESS"])
def test_what_a_kernel_adds_and_what_disturbs_an_instrument_reaches_no_experiment(
    write_script: WriteScript, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "anything"))
    name = write_script(
        f'experiment.record("seen", {variable!r} in os.environ, "count", "environ")'
    )
    assert experiment.run(name, repeats=1)["seen"].values == (0,)


def test_an_observer_that_the_build_was_started_with_reaches_no_experiment(
    write_script: WriteScript,
) -> None:
    name = write_script(
        'experiment.record("seen", "PYTHONTRACEMALLOC" in os.environ, "count", "environ")'
    )
    code = f"""
from book_kit.running import experiment
print(experiment.run({name!r}, repeats=1)["seen"])
"""
    finished = run("-c", code, environment={"PYTHONTRACEMALLOC": "1"})
    assert finished.stdout == "0\n", finished.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs process groups")
def test_workers_that_a_run_leaves_behind_end_with_it(
    write_script: WriteScript, tmp_path: Path
) -> None:
    number = tmp_path / "worker"
    name = write_script(
        f"""
        import subprocess
        worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        open({str(number)!r}, "w").write(str(worker.pid))
        experiment.record("size", 1, "bytes", "getsizeof")
        """
    )
    result = experiment.run(name, repeats=1)
    assert result.seconds < 30  # nobody waits for the worker
    assert gone(int(number.read_text()))


@pytest.mark.skipif(os.name != "posix", reason="needs process groups")
def test_workers_of_a_run_that_hangs_end_with_it(
    write_script: WriteScript, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    number = tmp_path / "worker"
    monkeypatch.setattr(interpreter, "LONGEST_RUN", 1.5)
    name = write_script(
        f"""
        import subprocess
        worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        open({str(number)!r}, "w").write(str(worker.pid))
        time.sleep(60)
        """
    )
    with pytest.raises(ExperimentError, match="did not finish"):
        experiment.run(name, repeats=1)
    assert gone(int(number.read_text()))


def gone(number: int) -> bool:
    """Whether a process is gone, or will be in a moment."""
    for _ in range(50):
        if not psutil.pid_exists(number) or psutil.Process(number).status() == "zombie":
            return True
        time.sleep(0.1)
    return False


def test_a_run_ends_before_the_cell_that_waits_for_it_has_to(
    write_script: WriteScript, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = write_script("time.sleep(60)")
    monkeypatch.setenv(interpreter.DEADLINE, str(time.time() + 6))
    with pytest.raises(ExperimentError, match="probe did not finish in 1"):
        experiment.run(name, repeats=3)
