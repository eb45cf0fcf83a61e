"""One line for what went wrong."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path


def failed(reason: object, code: int = 1) -> int:
    """Say why on standard error, and return the exit code."""
    print(reason, file=sys.stderr)
    return code


def reason_of(error: BaseException) -> str:
    """Write an error as one line; for a file, with its name and what to do about it."""
    if not isinstance(error, OSError) or error.strerror is None:
        return str(error)
    if error.filename is None:
        return error.strerror
    name = _shown(error.filename)
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"{name} is in the way, for it is no folder; move it"
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return f"{name} cannot be written ({error.strerror}); make it yours, or name another folder"
    return f"{name}: {error.strerror}"


def _shown(name: str) -> str:
    path = Path(os.fsdecode(name))
    here = Path.cwd()
    return str(path.relative_to(here)) if here in path.parents else str(path)
