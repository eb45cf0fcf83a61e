"""A file is whole or not there, and a file that someone else put in its place is not opened."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path

import pytest
from processes import names_in, run_code

from measured.command import Failure
from measured.files import OwnFile, data_folder, temporary_folder, whole_file

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="needs limits of a POSIX system")


def test_a_file_has_its_name_only_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "data"
    with whole_file(path) as file:
        file.write(b"first half, ")
        file.flush()
        assert not path.exists()
        file.write(b"second half")
    assert path.read_bytes() == b"first half, second half"
    assert names_in(tmp_path) == {"data"}


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, MemoryError, SystemExit])
def test_a_failed_write_leaves_nothing(tmp_path: Path, failure: type[BaseException]) -> None:
    with pytest.raises(failure), whole_file(tmp_path / "data") as file:
        file.write(b"half")
        raise failure
    assert names_in(tmp_path) == set()


def test_a_failed_write_keeps_the_file_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(b"old")
    with pytest.raises(ValueError), whole_file(path) as file:
        file.write(b"new")
        raise ValueError
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == {"data"}


def test_a_whole_file_replaces_the_one_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(b"old and longer")
    with whole_file(path) as file:
        file.write(b"new")
    assert path.read_bytes() == b"new"
    assert names_in(tmp_path) == {"data"}


@on_posix
def test_writing_over_a_link_leaves_what_it_points_to(tmp_path: Path) -> None:
    elsewhere, path = tmp_path / "elsewhere", tmp_path / "data"
    elsewhere.write_bytes(b"precious")
    path.symlink_to(elsewhere)
    with whole_file(path) as file:
        file.write(b"new")
    assert elsewhere.read_bytes() == b"precious"
    assert path.read_bytes() == b"new"
    assert not path.is_symlink()


@on_posix
@pytest.mark.parametrize("before", [None, b"old"])
def test_a_full_device_leaves_nothing_new_and_loses_nothing_old(
    tmp_path: Path, before: bytes | None
) -> None:
    import resource

    path = tmp_path / "data"
    if before is not None:
        path.write_bytes(before)
    code = f"""
from pathlib import Path
from measured.files import whole_file
with whole_file(Path({str(path)!r})) as file:
    for _ in range(1000):
        file.write(b"x" * 1000)
"""
    finished = run_code(code, limits={resource.RLIMIT_FSIZE: 100_000})
    assert "File too large" in finished.stderr
    assert finished.returncode == 1
    assert names_in(tmp_path) == ({"data"} if before is not None else set())
    assert before is None or path.read_bytes() == before


@on_posix
@pytest.mark.parametrize("mode", [0o644, 0o600, 0o664, 0o755, 0o444])
def test_a_file_is_replaced_by_one_with_the_same_permissions(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "data"
    path.write_bytes(b"old")
    path.chmod(mode)
    with whole_file(path) as file:
        (partial,) = names_in(tmp_path) - {"data"}
        assert (tmp_path / partial).stat().st_mode & 0o777 == mode  # before there is a secret in it
        file.write(b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == mode


@on_posix
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_permissions_of_any_new_file(
    tmp_path: Path, umask: int, mode: int
) -> None:
    path = tmp_path / "data"
    before = os.umask(umask)
    try:
        with whole_file(path) as file:
            file.write(b"new")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == mode


def test_what_is_in_a_file_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[object] = []
    sync, replace = os.fsync, Path.replace

    def watched_sync(handle: int) -> None:
        done.append((os.fstat(handle).st_size, names_in(tmp_path) == {"data"}))
        sync(handle)

    def watched_replace(self: Path, target: Path) -> Path:
        done.append("replaced")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", watched_sync)
    monkeypatch.setattr(Path, "replace", watched_replace)
    with whole_file(tmp_path / "data") as file:
        file.write(b"new")
    assert done[:2] == [(3, False), "replaced"]
    if sys.platform != "win32":
        assert len(done) == 3  # and then the folder, which has the name


def test_a_disk_that_fails_at_the_end_leaves_the_file_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "data"
    path.write_bytes(b"old")

    def fail(_handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output error"), whole_file(path) as file:
        file.write(b"new")
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == {"data"}


def test_a_missing_folder_is_a_failure_that_names_it(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    with pytest.raises(Failure, match="no such folder"), whole_file(missing / "data"):
        raise AssertionError("the block must not run")
    assert not missing.exists()


def test_a_folder_of_that_name_is_a_failure_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.mkdir()
    (path / "within").write_bytes(b"precious")
    with pytest.raises(Failure, match="is a folder"), whole_file(path):
        raise AssertionError("the block must not run")
    assert (path / "within").read_bytes() == b"precious"
    assert names_in(tmp_path) == {"data"}


def test_text_is_written_as_its_options_say(tmp_path: Path) -> None:
    path = tmp_path / "data"
    with whole_file(path, "w", encoding="utf-16", newline="\r\n") as file:
        file.write("µ\n")
    assert path.read_bytes().decode("utf-16") == "µ\r\n"


def written(folder: Path) -> OwnFile:
    path = folder / "own"
    path.write_bytes(b"mine")
    return OwnFile(path)


def test_a_file_of_this_run_opens(tmp_path: Path) -> None:
    with written(tmp_path).open() as file:
        assert file.read() == b"mine"


def test_a_file_that_was_swapped_does_not_open(tmp_path: Path) -> None:
    own = written(tmp_path)
    status = own.path.stat()
    other = tmp_path / "other"
    other.write_bytes(b"evil")
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(own.path)
    with pytest.raises(Failure, match="changed since this run wrote it"):
        own.open()


def test_a_file_that_grew_does_not_open(tmp_path: Path) -> None:
    own = written(tmp_path)
    status = own.path.stat()
    with own.path.open("ab") as file:
        file.write(b", and more")
    os.utime(own.path, ns=(status.st_atime_ns, status.st_mtime_ns))
    with pytest.raises(Failure, match="changed since this run wrote it"):
        own.open()


def test_a_file_that_was_overwritten_in_place_does_not_open(tmp_path: Path) -> None:
    own = written(tmp_path)
    status = own.path.stat()
    with own.path.open("r+b") as file:
        file.write(b"evil")
    os.utime(own.path, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000))
    with pytest.raises(Failure, match="changed since this run wrote it"):
        own.open()


@on_posix
def test_a_file_that_was_overwritten_does_not_open_even_with_its_old_time(tmp_path: Path) -> None:
    own = written(tmp_path)
    status = own.path.stat()
    while own.path.stat().st_ctime_ns == status.st_ctime_ns:  # the kernel's clock has to tick
        with own.path.open("r+b") as file:
            file.write(b"evil")
        os.utime(own.path, ns=(status.st_atime_ns, status.st_mtime_ns))
    with pytest.raises(Failure, match="changed since this run wrote it"):
        own.open()


@pytest.mark.parametrize("failure", [None, ValueError, KeyboardInterrupt])
def test_a_folder_that_nobody_chose_goes_when_the_experiment_ends(
    failure: type[BaseException] | None,
) -> None:
    folders = []
    try:
        with data_folder(None) as folder:
            folders.append(folder)
            (folder / "data").write_bytes(b"x")
            if failure is not None:
                raise failure
    except (ValueError, KeyboardInterrupt):
        pass
    assert len(folders) == 1
    assert not folders[0].exists()


def test_a_folder_that_was_chosen_stays_with_what_is_in_it(tmp_path: Path) -> None:
    with data_folder(tmp_path) as folder:
        (folder / "data").write_bytes(b"x")
    assert names_in(tmp_path) == {"data"}


#: Presses Ctrl-C at one line after another of all that makes, uses and removes the folder.
INTERRUPTED_EVERYWHERE = """
import signal, sys, tempfile
from pathlib import Path
from measured.files import temporary_folder

def work():
    with temporary_folder() as folder:
        Path(folder, "file").touch()

def interrupted_at(wanted):
    passed = 0
    def trace(frame, event, _argument):
        nonlocal passed
        passed += 1
        if passed == wanted:
            sys.settrace(None)
            signal.raise_signal(signal.SIGINT)
        return trace
    sys.settrace(trace)
    try:
        work()
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(None)
    return passed == wanted

signal.signal(signal.SIGINT, signal.default_int_handler)
line = 1
while interrupted_at(line):
    line += 1
print(line)
"""


@on_posix
def test_ctrl_c_at_whatever_line_leaves_no_temporary_folder(tmp_path: Path) -> None:
    finished = run_code(INTERRUPTED_EVERYWHERE, environment={"TMPDIR": str(tmp_path)})
    assert int(finished.stdout) > 100
    assert names_in(tmp_path) == set()


def test_a_folder_into_which_something_still_writes_goes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    once, rmdir = iter([True]), os.rmdir

    def write_and_remove(folder: str, **options: int) -> None:
        if next(once, False):
            (work / "late").touch()
        rmdir(folder, **options)

    monkeypatch.setattr(os, "rmdir", write_and_remove)
    with temporary_folder() as work:
        (work / "early").touch()
    assert names_in(tmp_path) == set()
