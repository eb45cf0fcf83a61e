"""An interrupted, killed or doubled build leaves nothing behind, and the next one goes on."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from disks import mounted
from small_book import SmallBook, Started

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs signals of a POSIX system")

#: The one line with which an interrupted build ends.
INTERRUPTED = "interrupted; what was complete is kept, and the next `make book` goes on from there"
FIRST_LINE = "    experiment.record("


def let_pears_take(book: SmallBook, seconds: float) -> None:
    """Let one script take its time, so that a test can be sure to meet it at work."""
    book.edit(
        "scripts/fruit/pears.py",
        FIRST_LINE,
        f'    __import__("time").sleep({seconds})\n{FIRST_LINE}',
    )


def pears_in_time_again(book: SmallBook) -> None:
    path = book.folder / "scripts" / "fruit" / "pears.py"
    path.write_text(re.sub(r".*sleep.*\n", "", path.read_text()))


def hold_arithmetic(book: SmallBook) -> None:
    """Let one page wait for the test: nothing but a kernel starts for it."""
    book.edit(
        "book/arithmetic.md",
        "print(6 * 7)",
        'import time\nwhile not Path("gate").exists():\n    time.sleep(0.01)\nprint(6 * 7)',
    )


def let_arithmetic_go(book: SmallBook) -> None:
    (book.folder / "book" / "gate").touch()


def at_work_for(book: SmallBook) -> list[str]:
    """Return the command lines of all processes that a build of this book started."""
    found = []
    for process in psutil.process_iter():
        try:
            ours = str(book.folder) in process.environ().get("SMALL_BOOK_LOG", "")
            if ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return found


def nothing_is_left_of(book: SmallBook) -> None:
    assert at_work_for(book) == []
    assert list(book.temporary.iterdir()) == []


def interrupt(process: Started, by: signal.Signals) -> None:
    """Signal a build as a terminal does, which reaches the group, or as another program does."""
    if by is signal.SIGINT:
        os.killpg(process.pid, by)
    else:
        process.send_signal(by)


def test_an_interrupted_build_ends_in_one_line_and_the_next_goes_on_from_there(
    small_book: SmallBook,
) -> None:
    small_book.edit("book/arithmetic.md", "print(6 * 7)", "print(7 * 9)")
    let_pears_take(small_book, 60)
    for by in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        process = small_book.start(start_new_session=True)
        small_book.wait_until_started("script pears")
        interrupt(process, by)
        _printed, said = process.communicate(timeout=20)
        assert process.returncode == 128 + by, said
        assert said.splitlines()[-1] == INTERRUPTED
        assert "Traceback" not in said
        nothing_is_left_of(small_book)
        assert (by is signal.SIGINT) == ("arithmetic: ran in " in said), said

    pears_in_time_again(small_book)
    build = small_book.build()
    assert build.code == 0, build.said
    assert "arithmetic" not in build.pages
    assert ">63\n" in build.html["arithmetic"]


@pytest.mark.parametrize("seconds", [0.1, 0.4, 0.9])
def test_a_build_that_has_hardly_begun_is_interrupted_as_well(
    small_book: SmallBook, seconds: float
) -> None:
    let_pears_take(small_book, 60)  # a fast machine would have built it all by then
    process = small_book.start(start_new_session=True)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _printed, said = process.communicate(timeout=20)
    assert process.returncode in {130, -signal.SIGINT}
    assert said.splitlines()[-1:] in ([INTERRUPTED], [])
    assert "Traceback" not in said
    nothing_is_left_of(small_book)


def test_a_build_in_the_background_is_deaf_to_ctrl_c(small_book: SmallBook) -> None:
    hold_arithmetic(small_book)
    process = small_book.start(
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN), start_new_session=True
    )
    small_book.wait_until_started("page arithmetic")
    os.killpg(process.pid, signal.SIGINT)
    let_arithmetic_go(small_book)
    _printed, said = process.communicate(timeout=60)
    assert process.returncode == 0, said


def test_what_a_killed_build_had_started_ends_with_it(small_book: SmallBook) -> None:
    let_pears_take(small_book, 60)
    process = small_book.start()
    small_book.wait_until_started("script pears")
    process.kill()
    process.communicate(timeout=20)
    deadline = time.monotonic() + 10
    while at_work_for(small_book) and time.monotonic() < deadline:
        time.sleep(0.05)
    nothing_is_left_of(small_book)


def test_pages_that_a_killed_build_had_read_and_not_written_are_written_by_the_next(
    small_book: SmallBook,
) -> None:
    small_book.edit("data/apples.txt", "11", "12")
    noted = small_book.folder / "_build" / ".doctrees" / "environment.pickle"
    before = noted.stat().st_mtime_ns
    process = small_book.start()
    while noted.stat().st_mtime_ns == before and process.poll() is None:
        time.sleep(0.001)
    time.sleep(0.05)  # until the note is whole
    process.kill()
    process.communicate(timeout=20)
    assert f"process {process.pid}," in (small_book.folder / "_build" / ".in-use").read_text()
    build = small_book.build()
    assert build.code == 0, build.said
    assert "waiting" not in build.said  # the lock of a dead build is no obstacle
    assert ">12</button> apples" in build.html["index"]
    assert build.claims["basket.more"]["values"] == [pytest.approx(23 / 12)]
    assert "1.9" in build.html["ledger"]


def test_of_builds_at_once_the_others_wait_and_name_the_first_and_can_be_interrupted(
    small_book: SmallBook,
) -> None:
    hold_arithmetic(small_book)
    first = small_book.start()
    small_book.wait_until_started("page arithmetic")
    waiting = f"waiting for process {first.pid}, which builds the book\n"
    others = [small_book.start() for _ in range(2)]
    for other in others:
        assert other.stderr and other.stderr.readline() == waiting

    others[0].terminate()
    _printed, said = others[0].communicate(timeout=10)
    assert (others[0].returncode, said.splitlines()) == (143, [INTERRUPTED])

    assert first.poll() is None
    let_arithmetic_go(small_book)
    said_by_both = [process.communicate(timeout=120)[1] for process in (first, others[1])]
    assert (first.returncode, others[1].returncode) == (0, 0), said_by_both
    ran = ["arithmetic: ran in " in said for said in said_by_both]
    assert ran == [True, False]  # nothing ran a second time


def test_a_build_that_is_killed_says_what_killed_it_and_what_it_needs(
    small_book: SmallBook,
) -> None:
    small_book.edit(
        "book/arithmetic.md", "print(6 * 7)", "import os; os.kill(os.getppid(), 9)  # Sphinx"
    )
    build = small_book.build()
    assert build.code == 1
    last = build.said.splitlines()[-1]
    assert last.startswith("build failed: it was killed (signal 9), probably for memory: the ")
    assert last.endswith("; a build of the book needs about 1 GiB")
    nothing_is_left_of(small_book)


def test_a_fault_of_sphinx_is_one_line_and_leaves_its_traceback_where_the_build_is(
    small_book: SmallBook,
) -> None:
    source = small_book.folder / "src" / "book_kit" / "sphinx" / "__init__.py"
    source.write_text(source.read_text() + "\n\ndef setup(app: object) -> None:\n    1 / 0\n")
    build = small_book.build()
    assert build.code == 1
    [line] = build.said.splitlines()
    assert "division by zero" in line
    where = line.rpartition("the traceback is in ")[2]
    assert "ZeroDivisionError" in (small_book.folder / where).read_text()
    assert "report" not in line
    assert list(small_book.temporary.iterdir()) == []


def in_the_way(folder: Path) -> None:
    folder.write_text("not a folder")


def leads_to_a_file(folder: Path) -> None:
    folder.symlink_to(folder.parent / "requirements.txt")


@pytest.mark.parametrize("spoil", [in_the_way, leads_to_a_file])
def test_a_target_that_is_no_folder_is_refused_in_one_line(
    small_book: SmallBook, spoil: Callable[[Path], None]
) -> None:
    spoil(small_book.folder / "elsewhere")
    build = small_book.build("--output", "elsewhere")
    assert build.code == 1
    assert re.fullmatch(
        r"build failed: \S+ is in the way, for it is no folder; move it", build.said.strip()
    )


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Have nobody write into a folder: root may, unless the disk forbids it."""
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        with mounted(folder, "ro"):
            yield
        return
    (folder / ".in-use").unlink()
    folder.chmod(0o500)
    try:
        yield
    finally:
        folder.chmod(0o700)


def test_a_target_that_cannot_be_written_is_refused_in_one_line(small_book: SmallBook) -> None:
    with unwritable(small_book.folder / "_build"):
        build = small_book.build()
    assert build.code == 1
    assert re.fullmatch(r"build failed: _build/.in-use cannot be written .*", build.said.strip())
    assert small_book.build().started == []


def test_files_that_cannot_grow_fail_the_build_in_one_last_line(small_book: SmallBook) -> None:
    import resource

    small_book.append("book/index.md", "\nOne more sentence.\n")
    process = small_book.start(
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    )
    _printed, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in said
    assert "File too large" in said.splitlines()[-1]


def test_a_copy_of_the_project_is_not_built_by_the_environment_of_the_original(
    small_book: SmallBook, tmp_path: Path
) -> None:
    kit = tmp_path / "src" / "book_kit"
    kit.mkdir(parents=True)
    (kit / "build.py").touch()
    process = small_book.start(cwd=tmp_path)
    _printed, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.splitlines() == [
        f"build failed: this environment belongs to {small_book.folder}, not to {tmp_path}; "
        "`make book` makes one for this folder"
    ]
