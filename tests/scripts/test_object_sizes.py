"""An interpreter is held against the record of its own kind of build, and against no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from processes import Finished, complaint, script

from measured import probe


def own_record() -> dict[str, Any]:
    """Return what this interpreter would have on record."""
    record: dict[str, Any] = json.loads(json.dumps(probe.everything_without_a_kernel()))
    return record


def held_against(tmp_path: Path, *records: Any) -> Finished:
    path = tmp_path / "interpreters.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return script("object-sizes", "--record", path, "--json")


def differing(finished: Finished) -> float | None:
    """Return how many sizes are said to differ; None where no record is like this interpreter."""
    assert finished.returncode == 0, finished.stderr
    report = json.loads(finished.stdout)
    if "different" in report["unavailable"]:
        assert "is on record" in report["unavailable"]["different"]
        return None
    value: float = report["measurements"]["different"]["value"]
    return value


#: How another build of the same version differs; its lists are larger.
OTHER_BUILDS: dict[str, dict[str, Any]] = {
    "for debugging or not": {"debug": not probe.identity()["debug"]},
    "patched": {"note": "built with patches"},
    "with another lock": {"gil": not probe.identity()["gil"]},
    "of another word size": {"bits": 16},
}


def other_build(change: dict[str, Any]) -> dict[str, Any]:
    record = own_record() | change
    return record | {"sizes": record["sizes"] | {"[]": record["sizes"]["[]"] + 8}}


def test_a_record_of_this_very_build_differs_in_nothing(tmp_path: Path) -> None:
    assert differing(held_against(tmp_path, own_record())) == 0


@pytest.mark.parametrize("change", OTHER_BUILDS.values(), ids=OTHER_BUILDS)
def test_a_record_of_another_build_is_not_taken_for_it(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    assert differing(held_against(tmp_path, other_build(change))) is None


@pytest.mark.parametrize("change", OTHER_BUILDS.values(), ids=OTHER_BUILDS)
def test_a_record_of_another_build_hides_none_that_comes_after_it(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    assert differing(held_against(tmp_path, other_build(change), own_record())) == 0


def test_a_record_from_before_builds_were_told_apart_is_of_the_usual_one(tmp_path: Path) -> None:
    record = own_record()
    usual = not record.pop("debug")
    assert differing(held_against(tmp_path, record)) == (0 if usual else None)


@pytest.mark.parametrize("record", [{}, 1, "CPython", None])
def test_what_is_no_record_is_refused_in_a_line(tmp_path: Path, record: Any) -> None:
    assert "is no record of interpreters" in complaint(held_against(tmp_path, record))
