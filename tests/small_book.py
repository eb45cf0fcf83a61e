"""A small book, built with the project's own extensions and settings, in a folder of its own.

The folder is a copy of the project with other pages and other scripts, so a test may edit
whatever it likes.  Every script and every page that starts leaves a line in a log.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from processes import ROOT, Finished, hear_ctrl_c, temporary_files_in

SMALL = ROOT / "tests" / "building" / "small"
PAGES_WITH_CELLS = {"pears", "basket", "arithmetic", "data", "loaded", "started"}
#: Where its installed libraries are.
LIBRARIES = ".venv/lib/site-packages"

Started = subprocess.Popen[str]

#: A kernel that goes by the name of the book's own; no build may start it.
_FOREIGN_KERNEL = """
import os
with open(os.environ["SMALL_BOOK_LOG"], "a") as log:
    log.write("kernel of somebody else\\n")
"""


@dataclass(frozen=True)
class Build:
    """What one build did: how it ended, what it said, what started during it, what it left.

    Attributes
    ----------
    started
        A line for each script and page that started, as often as it did.
    html
        Each page of the site, by name.
    written
        The pages that the build wrote, by name.
    claims
        The ledger, by id.
    """

    code: int
    said: str
    started: list[str]
    html: dict[str, str]
    written: set[str]
    claims: dict[str, dict[str, Any]]

    @property
    def scripts(self) -> list[str]:
        """The scripts that ran."""
        return self._of("script ")

    @property
    def pages(self) -> list[str]:
        """The pages whose cells ran."""
        return self._of("page ")

    def _of(self, kind: str) -> list[str]:
        return sorted(line.removeprefix(kind) for line in self.started if line.startswith(kind))


class SmallBook:
    """The copy of the project, with a log of what ran.

    Parameters
    ----------
    folder
        Where it is, or is to be made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._log = folder / "log"
        self.temporary = folder / "temporary"
        self._processes: list[Started] = []

    def make(self) -> None:
        """Copy the project, with the small book's pages, scripts and libraries."""
        folder = self.folder
        self._copy("src", "book", leaving_out=("*.md", "*.ipynb"))
        for name in ("book", "scripts", "data"):
            shutil.copytree(SMALL / name, folder / name, dirs_exist_ok=True)
        shutil.copytree(SMALL / "libraries", folder / LIBRARIES)
        shutil.copy2(SMALL / "_toc.yml", folder / "_toc.yml")
        kernel = folder / "jupyter" / "kernels" / "python3" / "kernel.json"
        kernel.parent.mkdir(parents=True)
        starting = [sys.executable, "-c", _FOREIGN_KERNEL, "{connection_file}"]
        kernel.write_text(
            json.dumps({"argv": starting, "display_name": "Python 3", "language": "python"})
        )
        self.temporary.mkdir()

    def make_of_chapter(self, page: str) -> None:
        """Copy the project, with one of its chapters and the ledger as all that it builds."""
        self._copy("src", "book", "scripts")
        contents = f"format: jb-book\nroot: {page}\nchapters:\n  - file: reference/claims\n"
        (self.folder / "_toc.yml").write_text(contents, encoding="utf-8")
        self.temporary.mkdir()

    def _copy(self, *folders: str, leaving_out: Iterable[str] = ()) -> None:
        """Copy folders of the project, and what every build needs besides.

        No index is made for a search: that takes a second of each build.
        """
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", *leaving_out)
        for name in folders:
            shutil.copytree(ROOT / name, self.folder / name, ignore=ignored)
        for name in ("_config.yml", "requirements.txt"):
            shutil.copy2(ROOT / name, self.folder / name)
        (self.folder / "book").mkdir(exist_ok=True)
        for name in ("moved.txt", "divided.txt"):
            (self.folder / "book" / name).write_text("# none\n", encoding="utf-8")
        self.edit("_config.yml", "pagefind: true ", "pagefind: false ")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace a text that a file has once; the file is then surely newer than it was."""
        file = self.folder / path
        content = file.read_text(encoding="utf-8")
        assert content.count(old) == 1, f"{path} has {old!r} {content.count(old)} times"
        file.write_text(content.replace(old, new), encoding="utf-8")

    def append(self, path: str, text: str) -> None:
        """Add a text at the end of a file."""
        with (self.folder / path).open("a", encoding="utf-8") as file:
            file.write(text)

    def leave_out(self, pages: Iterable[str]) -> None:
        """Take pages out of the book."""
        for page in sorted(pages):
            (self.folder / "book" / f"{page}.md").unlink()
            self.edit("_toc.yml", f"  - file: {page}\n", "")

    def build(
        self, *options: str, strict_claims: bool = False, variables: Mapping[str, str] | None = None
    ) -> Build:
        """Build it as the project is built, and return what happened.

        Parameters
        ----------
        options
            As for `python -m book_kit.build`.
        strict_claims
            Whether MEASURED_STRICT is set.
        variables
            Other variables to set.
        """
        site = self.folder / "_build" / "html"
        before = {page: page.stat().st_mtime_ns for page in site.glob("*.html")}
        finished = self._run_build(options, strict_claims, variables or {})
        ledger = site / "claims.json"
        entries = json.loads(ledger.read_text(encoding="utf-8")) if ledger.exists() else []
        return Build(
            finished.returncode,
            finished.stdout + finished.stderr,
            self._log.read_text().splitlines(),
            {page.stem: page.read_text(encoding="utf-8") for page in site.glob("*.html")},
            {
                page.stem
                for page in site.glob("*.html")
                if page.stat().st_mtime_ns != before.get(page)
            },
            {entry["id"]: entry for entry in entries},
        )

    def start(
        self,
        *options: str,
        strict_claims: bool = False,
        variables: Mapping[str, str] | None = None,
        **settings: Any,
    ) -> Started:
        """Start a build, and do not wait for it; `settings` are those of `subprocess.Popen`."""
        self._log.write_text("")
        libraries = [str(self.folder / part) for part in ("src", LIBRARIES)]
        usual: dict[str, Any] = {
            "cwd": self.folder,
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "text": True,
            "encoding": "utf-8",
            "env": {
                **inherited(),
                **({"MEASURED_STRICT": "1"} if strict_claims else {}),
                **temporary_files_in(self.temporary),
                "PYTHONPATH": os.pathsep.join(libraries),
                "JUPYTER_PATH": str(self.folder / "jupyter"),
                "SMALL_BOOK_LOG": str(self._log),
                **(variables or {}),
            },
            "preexec_fn": hear_ctrl_c if os.name == "posix" else None,
        }
        program = [sys.executable, "-m", "book_kit.build", *options]
        process = subprocess.Popen(program, **{**usual, **settings})
        self._processes.append(process)
        return process

    def end_all(self) -> None:
        """End the builds that a test, as one that failed, has left at work."""
        for process in self._processes:
            if process.poll() is None:
                process.kill()
                process.communicate()
        self._processes.clear()

    def wait_until_started(self, what: str) -> None:
        """Wait until the log says that this script or page has started."""
        deadline = time.monotonic() + 60
        while what not in self._log.read_text().splitlines():
            assert time.monotonic() < deadline, f"{what} did not start"
            time.sleep(0.01)

    def _run_build(
        self, options: tuple[str, ...], strict_claims: bool, variables: Mapping[str, str]
    ) -> Finished:
        process = self.start(*options, strict_claims=strict_claims, variables=variables)
        printed, said = process.communicate(timeout=300)
        return Finished(process.args, process.returncode, printed, said)


def inherited() -> dict[str, str]:
    """Return the variables of this process without those that steer the book and its tests.

    Its own code is compiled once, and not by each of its processes: whoever forbids Python to keep
    what it compiled means the checkout, and a small book is a copy.
    """
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MEASURED_", "PYTEST_")) and name != "PYTHONDONTWRITEBYTECODE"
    }
