"""What a script needs is said once: where it is missing, there are no figures, and a reason."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from processes import SCRIPTS, SRC, Finished, complaint, run

from book_kit import project
from book_kit.running import experiment
from book_kit.running.experiment import Unavailable

SCRIPT = '''"""How many plums are there?"""

from argparse import Namespace

from measured.command import Experiment, execute, optional, parser

with optional():
    import no_such_library


def main(experiment: Experiment, options: Namespace) -> None:
    experiment.record("number", no_such_library.PLUMS, "count", "counting")


if __name__ == "__main__":
    execute(main, parser(__doc__, needs=["no_such_library"]))
'''
REASON = "needs no_such_library, which is not installed"

Run = Callable[..., Finished]


@pytest.fixture
def run_plums(tmp_path: Path) -> Run:
    """Return a function that runs a script whose library is missing."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / "_toc.yml").touch()
    script = tmp_path / "scripts" / "count-plums.py"
    script.write_text(SCRIPT)
    return lambda *options: run(script, *options, environment={"PYTHONPATH": str(SRC)})


def test_help_says_what_a_script_needs(run_plums: Run) -> None:
    assert "needs: no_such_library" in run_plums("--help").stdout


def test_a_reader_gets_the_reason_in_one_line(run_plums: Run) -> None:
    assert REASON in complaint(run_plums(), code=1)


def test_a_report_has_no_figures_and_the_reason(run_plums: Run) -> None:
    finished = run_plums("--json")
    assert finished.returncode == 0, finished.stderr
    report = json.loads(finished.stdout)
    assert REASON in report["missing"]
    assert report["needs"] == ["no_such_library"]
    assert report["measurements"] == {}


def test_the_book_takes_that_for_the_reason_of_every_figure(
    run_plums: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_plums("--help").returncode == 0
    monkeypatch.setenv(project.VARIABLE, str(tmp_path))
    monkeypatch.setenv(project.RESULTS, str(tmp_path / "results"))
    monkeypatch.setenv("PYTHONPATH", str(SRC))
    result = experiment.run("count-plums", repeats=1)
    with pytest.raises(Unavailable, match=REASON):
        result["number"]
    assert result.get("number") is None


@pytest.mark.parametrize("name", ["queue.py", "no_such_library.py"])
def test_a_file_that_hides_a_module_is_named(run_plums: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "scripts" / name).write_text("PLUMS = 7\n")
    assert f"{name} hides the module {name[:-3]}" in complaint(run_plums(), code=1)


def test_every_script_says_which_libraries_it_needs() -> None:
    given = sys.stdlib_module_names | {"measured", "psutil"}
    offenders = []
    for name, path in SCRIPTS.items():
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            modules = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            for library in {module.partition(".")[0] for module in modules} - given:
                says = (f'needs=["{library}"]', f'need_library("{library}")', "cannot(")
                if not any(word in text for word in says):
                    offenders.append(f"{name} imports {library}")
    assert offenders == []
