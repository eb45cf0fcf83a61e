"""What a run depended on: files and distributions, by their content and their version.

A process says which modules it loaded and which files it opened (`measured.inputs`).  What of it
can change is kept: the project's own files and other data by a digest of their content, installed
distributions by their version, and what stood nowhere is left out.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from book_kit import project

#: Folders of the project whose files are made by builds.
_MADE = ("_build", ".venv", "__pycache__", "node_modules", ".git")
_OF_THE_SYSTEM = ("/proc", "/sys", "/dev", "/run", "/etc", "/usr", "/lib", "/lib64", "/bin")
_GONE = "gone"
#: What a run depends on that lacked something: any installation may bring it.
EVERY_DISTRIBUTION = "*"


@dataclass(frozen=True)
class Inputs:
    """What a run depended on.

    Attributes
    ----------
    files
        For each file a digest of its content; below the project's root by its relative path.
    distributions
        For each distribution that it imported the version.
    """

    files: Mapping[str, str]
    distributions: Mapping[str, str]

    def hold(self) -> bool:
        """Whether all of it is as it was."""
        return all(digest(Path(name)) == kept for name, kept in self.files.items()) and all(
            version(name) == kept for name, kept in self.distributions.items()
        )

    def and_every_distribution(self) -> Inputs:
        """Return it with all that is installed."""
        every = {EVERY_DISTRIBUTION: version(EVERY_DISTRIBUTION)}
        return Inputs(self.files, {**self.distributions, **every})

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"files": dict(self.files), "distributions": dict(self.distributions)}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Inputs:
        """Make it from what `as_json` returned."""
        return cls(dict(content["files"]), dict(content["distributions"]))


def told_in(folder: Path, since: float) -> Inputs:
    """Gather what all processes of a run have said in a folder.

    Parameters
    ----------
    folder
        The folder of `measured.inputs.VARIABLE`.
    since
        When the run began; a file that is younger is one that it made for itself.
    """
    modules: dict[str, str] = {}
    opened: set[str] = set()
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        modules |= told["modules"]
        opened |= set(told["opened"])
    return gather(modules, opened, since)


def gather(modules: Mapping[str, str], opened: Iterable[str], since: float) -> Inputs:
    """Tell files from distributions, and take their digests and versions.

    Parameters
    ----------
    modules
        For each module that was loaded its file.
    opened
        Paths of other files that were read.
    since
        As for `told_in`.
    """
    files, distributions = {}, {}
    root = str(project.root())  # once: links are followed for it
    for name, file in modules.items():
        if _of_the_project(file, root):
            files[_short(file, root)] = digest(Path(file))
        elif not _standard(file):
            for distribution in _distributions().get(name.split(".")[0], ()):
                distributions[distribution] = version(distribution)
    for file in opened:
        if _is_data(file, root) and not _made_by_the_run(file, root, since):
            files[_short(file, root)] = digest(Path(file))
    return Inputs(dict(sorted(files.items())), dict(sorted(distributions.items())))


def digest(path: Path) -> str:
    """Return a digest of a file's content; a relative path begins at the project's root."""
    path = project.root() / path
    try:
        state = path.stat()
    except OSError:
        return _GONE
    return _digest(str(path), state.st_mtime_ns, state.st_size, state.st_ino)


@cache
def _digest(path: str, _changed: int, _size: int, _number: int) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (a path is made from it a million times)
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return _GONE


def version(distribution: str) -> str:
    """Return the version of an installed distribution; a word of its own where it is gone.

    For `EVERY_DISTRIBUTION` it is a digest of the versions of all.
    """
    if distribution == EVERY_DISTRIBUTION:
        return hashlib.sha256(json.dumps(sorted(_versions().items())).encode()).hexdigest()
    return _versions().get(distribution, _GONE)


@cache
def _versions() -> dict[str, str]:
    return dict(_catalog()["versions"])


@cache
def _distributions() -> dict[str, list[str]]:
    return dict(_catalog()["modules"])


@cache
def _catalog() -> dict[str, Any]:
    """Return which distribution brings which modules; asking takes a third of a second, so keep it.

    It is read again when a folder of installed packages has changed.
    """
    places = [Path(place) for place in dict.fromkeys(_site_folders())]
    stamp = [[str(place), place.stat().st_mtime_ns] for place in places if place.is_dir()]
    kept = project.results() / "distributions.json"
    try:
        catalog: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        if catalog["stamp"] == stamp:
            return catalog
    except (OSError, ValueError, KeyError, TypeError):
        pass
    catalog = {
        "stamp": stamp,
        "modules": {
            name: sorted(set(brought))
            for name, brought in importlib.metadata.packages_distributions().items()
        },
        "versions": {
            one.metadata["Name"]: one.version for one in importlib.metadata.distributions()
        },
    }
    project.write_json(kept, catalog)
    return catalog


def _site_folders() -> list[str]:
    paths = sysconfig.get_paths()
    return [paths["purelib"], paths["platlib"], *(p for p in sys.path if "-packages" in p)]


def _below(file: str, folder: str) -> bool:
    return file == folder or file.startswith(folder.rstrip(os.sep) + os.sep)


def _of_the_project(file: str, root: str) -> bool:
    return _below(file, root) and not any(
        part in _MADE for part in Path(file).relative_to(root).parts
    )


@cache
def _folders_of_python() -> tuple[str, ...]:
    places = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    places |= {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    return tuple(places)


@cache
def _folders_of_the_library() -> tuple[str, ...]:
    """Return where the standard library is; to ask for it a thousand times takes half a second."""
    return tuple({sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")})


def _standard(file: str) -> bool:
    return "-packages" not in file and any(
        _below(file, place) for place in _folders_of_the_library()
    )


def _is_data(file: str, root: str) -> bool:
    if _of_the_project(file, root):
        return True
    if _below(file, root):
        return False
    elsewhere = (*_OF_THE_SYSTEM, *_folders_of_python(), tempfile.gettempdir())
    return not any(_below(file, place) for place in elsewhere) and not any(
        part.startswith(".") for part in Path(file).parts[1:]
    )


def _made_by_the_run(file: str, root: str, since: float) -> bool:
    """Whether a file is the run's own; one of the project that was not there counts as missing."""
    path = Path(file)
    if _of_the_project(file, root):
        return path.exists() and not path.is_file()
    try:
        state = path.stat()
    except OSError:
        return True
    return not path.is_file() or max(state.st_mtime, state.st_ctime) >= since


def _short(file: str, root: str) -> str:
    return Path(file).relative_to(root).as_posix() if _below(file, root) else file
