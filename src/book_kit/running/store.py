"""What experiments reported, kept by what they depended on.

A request is a run that a page asks for: the script, its words, its repeats, its variables.  Its
key is a digest of the request, the interpreter and the machine.  Under that key stand the last
answers, each with what its run depended on (`book_kit.running.dependence`) and the digest of the
value; the value is what the repeats reported, whole, with the environment of each.  An answer
counts while all that it depended on is as it was.

    _build/results/asked/KEY.json       answers to a request
    _build/results/values/DIGEST.json   what was reported

A file that cannot be read, or whose content is not what its name says, is no answer, and goes.
With MEASURED_AGAIN=1 nothing is asked, and everything is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from book_kit import project
from book_kit.running.dependence import Inputs
from measured import environment

AGAIN = "MEASURED_AGAIN"
_VERSION = 1  # of what stands in the files
_MOST_ANSWERS = 6  # to one request
_MOST_BYTES = 200 * 2**20


@dataclass(frozen=True)
class Request:
    """A run that a page asks for.

    Attributes
    ----------
    script
        Its path from the project's root.
    words
        What follows the script on its command line.
    under
        What stands before it, such as `-m memory_profiler`.
    variables
        What it is to find in its environment, besides the reader's own.
    """

    script: str
    words: tuple[str, ...]
    repeats: int
    variables: tuple[tuple[str, str], ...] = ()
    under: tuple[str, ...] = ()

    def key(self) -> str:
        """Return its digest, on this interpreter and this machine."""
        return _digest([_VERSION, asdict(self), identity()])

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Request:
        """Make it from what `as_json` returned."""
        return cls(
            content["script"],
            tuple(content["words"]),
            content["repeats"],
            tuple((name, value) for name, value in content["variables"]),
            tuple(content["under"]),
        )


@cache
def identity() -> dict[str, Any]:
    """Describe interpreter and machine: what every figure depends on."""
    return {
        "interpreter": [
            sys.version,
            os.path.realpath(sys.executable),
            getattr(sys, "abiflags", ""),  # Windows has none
        ],
        "machine": environment.describe(),
        "limits": _limits(),
    }


def _limits() -> list[object]:
    found: list[object] = []
    if os.name == "posix":
        import resource

        found += [resource.getrlimit(kind) for kind in (resource.RLIMIT_AS, resource.RLIMIT_STACK)]
    with contextlib.suppress(OSError):
        found.append(Path("/sys/fs/cgroup/memory.max").read_text().strip())
    return found


def answer(request: Request) -> tuple[str, dict[str, Any]] | None:
    """Return the digest and the content of the value that answers a request; None without one."""
    if os.environ.get(AGAIN) == "1":
        return None
    for one in _answers(request):
        if Inputs.from_json(one["inputs"]).hold():
            value = _value(one["value"])
            if value is not None:
                return one["value"], value
    return None


def digest_of_answer(request: Request) -> str | None:
    """Return the digest of the value that answers a request; None without one."""
    for one in _answers(request):
        if Inputs.from_json(one["inputs"]).hold() and _place_of_value(one["value"]).is_file():
            return str(one["value"])
    return None


def keep(request: Request, inputs: Inputs, value: Mapping[str, Any]) -> str:
    """Keep what a run reported; return the digest of it."""
    name = _digest(value)
    write(_place_of_value(name), value)
    one = {"inputs": inputs.as_json(), "value": name}
    others = [other for other in _answers(request) if other["inputs"] != one["inputs"]]
    answers = [one, *others][:_MOST_ANSWERS]
    write(_place_of_answers(request), {"request": request.as_json(), "answers": answers})
    return name


def tidy() -> None:
    """Drop the values that were not asked for in the longest time, where there are too many."""
    files = [(path.stat(), path) for path in project.results().rglob("*.json")]
    size = sum(state.st_size for state, _ in files)
    for state, path in sorted(files, key=lambda it: it[0].st_mtime):
        if size <= _MOST_BYTES:
            return
        path.unlink(missing_ok=True)
        size -= state.st_size


def _answers(request: Request) -> list[dict[str, Any]]:
    content = read(_place_of_answers(request))
    return content["answers"] if content else []


def _value(name: str) -> dict[str, Any] | None:
    path = _place_of_value(name)
    content = read(path)
    if content is None or _digest(content) != name:
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # it was asked for: `tidy` drops others first
    return content


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Write what is to be kept, whole or not at all, with a digest of it."""
    project.write_json(path, {"digest": _digest(content), "content": content})


def read(path: Path) -> dict[str, Any] | None:
    """Return what was kept in a file; None, and the file goes, where it is not what was written."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        content: dict[str, Any] = kept["content"]
        if kept["digest"] == _digest(content):
            return content
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        pass
    with contextlib.suppress(OSError):
        path.unlink()
    return None


def _place_of_answers(request: Request) -> Path:
    return project.results() / "asked" / f"{request.key()}.json"


def _place_of_value(name: str) -> Path:
    return project.results() / "values" / f"{name}.json"


def _digest(content: object) -> str:
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, default=list)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
