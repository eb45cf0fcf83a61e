"""Every experiment has one command line, keeps each figure once, and ends in one line."""

from __future__ import annotations

import argparse
import json
import signal
from collections.abc import Callable, Iterator

import pytest

from measured import command
from measured.command import Experiment, Failure, count, parser


@pytest.mark.parametrize("text", ["1", "1000", "1_000_000", "1000000000"])
def test_a_count_is_a_whole_number(text: str) -> None:
    assert count(text) == int(text)


@pytest.mark.parametrize("text", ["0", "-1", "1000000001", "9" * 30])
def test_a_count_out_of_range_is_refused_with_the_range(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="from 1 to 1,000,000,000"):
        count(text)


@pytest.mark.parametrize("text", ["", "ten", "1.5", "1e6", "0x10", "nan", "inf", "1,000"])
def test_a_count_that_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="not a whole number"):
        count(text)


@pytest.fixture
def experiment() -> Experiment:
    return Experiment("probe", {"records": 3})


def test_a_figure_is_kept_and_shown(
    experiment: Experiment, capsys: pytest.CaptureFixture[str]
) -> None:
    experiment.record("size", 28, "bytes", "getsizeof", label="size of an int")
    assert experiment.measurements == {
        "size": {"value": 28, "unit": "bytes", "instrument": "getsizeof"}
    }
    shown = capsys.readouterr().out
    assert "size of an int" in shown
    assert "28\N{NO-BREAK SPACE}bytes" in shown


def test_a_figure_is_recorded_once(experiment: Experiment) -> None:
    experiment.record("size", 28, "bytes", "getsizeof")
    with pytest.raises(ValueError, match="'size' twice"):
        experiment.record("size", 29, "bytes", "getsizeof")


def test_a_figure_in_an_unknown_unit_is_refused(experiment: Experiment) -> None:
    with pytest.raises(ValueError, match="unknown unit, 'MB'"):
        experiment.record("size", 28, "MB", "getsizeof")
    assert experiment.measurements == {}


def test_a_step_keeps_its_peak_what_it_retained_and_its_time(experiment: Experiment) -> None:
    with experiment.step("make"):
        made = [*range(1000)]
    assert len(made) == 1000
    names = {*experiment.measurements, *experiment.unavailable}
    assert names == {
        f"make.{figure}" for figure in ("peak", "retained", "unique", "anonymous", "file", "cpu")
    }
    peak, retained = (experiment.measurements[f"make.{name}"] for name in ("peak", "retained"))
    assert isinstance(peak["value"], float)
    assert isinstance(retained["value"], float)
    assert peak["value"] >= retained["value"]


def test_a_step_that_fails_keeps_no_figure(experiment: Experiment) -> None:
    with pytest.raises(LookupError), experiment.step("make"):
        raise LookupError
    assert experiment.measurements == {}


def test_a_figure_that_cannot_be_had_is_listed_with_its_reason(experiment: Experiment) -> None:
    experiment.cannot("size", "needs a moon")
    assert experiment.unavailable == {"size": "needs a moon"}
    assert experiment.measurements == {}


def test_the_report_says_what_was_asked_what_was_measured_and_where(
    experiment: Experiment,
) -> None:
    experiment.record("size", 28, "bytes", "getsizeof")
    experiment.series("curve", iter([(0, 1)]))
    report = json.loads(json.dumps(experiment.as_json()))
    assert report["experiment"] == "probe"
    assert report["parameters"] == {"records": 3}
    assert report["measurements"]["size"]["value"] == 28
    assert report["series"] == {"curve": [[0, 1]]}
    assert report["process_peak_mib"] > 1
    for name in ("implementation", "python", "platform", "allocator", "processor", "libc"):
        assert report["environment"][name]


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    """Give the test runner its own answers to signals back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, answer in before.items():
        signal.signal(number, answer)


def test_a_request_to_end_that_is_ignored_stays_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for answer in (signal.SIG_IGN, signal.SIG_DFL):
        signal.signal(signal.SIGTERM, answer)
        ending(lambda _x, _o: seen.append(signal.getsignal(signal.SIGTERM)), monkeypatch)
    assert seen[0] is signal.SIG_IGN
    assert callable(seen[1])


def ending(
    main: Callable[[Experiment, argparse.Namespace], None],
    monkeypatch: pytest.MonkeyPatch,
    *arguments: str,
) -> int:
    monkeypatch.setattr("sys.argv", ["probe.py", *arguments])
    with pytest.raises(SystemExit) as ended:
        command.execute(main, parser("A script of a test."))
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_done_is_exit_code_0(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(lambda _experiment, _options: None, monkeypatch) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Failure("two\nlines"), "two lines"),
        (KeyboardInterrupt(), "interrupted"),
        (MemoryError(), "not enough memory"),
        (OSError(28, "No space left on device", "there"), "there: No space left on device"),
        (OSError("no reason given"), "no reason given"),
    ],
)
def test_a_foreseeable_fault_is_exit_code_1_and_one_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: BaseException,
    reason: str,
) -> None:
    def main(_experiment: Experiment, _options: argparse.Namespace) -> None:
        raise fault

    assert ending(main, monkeypatch) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("probe.py: ")
    assert reason in line


def test_a_mistake_in_a_script_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def main(_experiment: Experiment, _options: argparse.Namespace) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("sys.argv", ["probe.py"])
    with pytest.raises(ZeroDivisionError):
        command.execute(main, parser("A script of a test."))


def test_wrong_usage_is_exit_code_2_and_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(lambda _experiment, _options: None, monkeypatch, "--jsn") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("try --help")


def test_no_option_is_guessed_from_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ending(lambda _experiment, _options: None, monkeypatch, "--js") == 2


def test_the_report_has_standard_output_to_itself(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def main(experiment: Experiment, _options: argparse.Namespace) -> None:
        print("for the reader")
        experiment.record("size", 28, "bytes", "getsizeof")

    assert ending(main, monkeypatch, "--json") == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["measurements"]["size"]["value"] == 28
    assert "for the reader" in printed.err


def test_an_interrupt_after_the_end_changes_nothing_any_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(lambda _experiment, _options: None, monkeypatch) == 0
    try:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)
    except KeyboardInterrupt:
        pytest.fail("the interrupt came through")
    assert capsys.readouterr().err == ""
