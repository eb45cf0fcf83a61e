"""An interrupted, killed or doubled build leaves nothing behind, and the next one goes on."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
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


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_build_ends_in_one_line_and_the_next_goes_on_from_there(
    small_book: SmallBook, by: signal.Signals
) -> None:
    small_book.edit("book/arithmetic.md", "print(6 * 7)", "print(7 * 9)")
    let_pears_take(small_book, 60)
    process = small_book.start(start_new_session=True)
    small_book.wait_until_started("script pears")
    interrupt(process, by)
    _printed, said = process.communicate(timeout=20)
    assert process.returncode == 128 + by, said
    assert said.splitlines()[-1] == INTERRUPTED
    assert "Traceback" not in said
    nothing_is_left_of(small_book)

    pears_in_time_again(small_book)
    build = small_book.build()
    assert build.code == 0, build.said
    assert "arithmetic" not in build.pages
    assert ">63\n" in build.html["arithmetic"]


@pytest.mark.parametrize("seconds", [0.1, 0.4, 0.9])
def test_a_build_that_has_hardly_begun_is_interrupted_as_well(
    small_book: SmallBook, seconds: float
) -> None:
    process = small_book.start(start_new_session=True)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _printed, said = process.communicate(timeout=20)
    assert process.returncode in {130, -signal.SIGINT}
    assert said.splitlines() in ([INTERRUPTED], [])
    nothing_is_left_of(small_book)


def test_a_build_in_the_background_is_deaf_to_ctrl_c(small_book: SmallBook) -> None:
    let_pears_take(small_book, 1)
    process = small_book.start(
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN), start_new_session=True
    )
    small_book.wait_until_started("script pears")
    os.killpg(process.pid, signal.SIGINT)
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
    small_book.edit("scripts/fruit/pears.py", "PEARS = 23", "PEARS = 24")
    noted = small_book.folder / "_build" / ".doctrees" / "environment.pickle"
    before = noted.stat().st_mtime_ns
    process = small_book.start()
    while noted.stat().st_mtime_ns == before and process.poll() is None:
        time.sleep(0.001)
    time.sleep(0.05)  # until the note is whole
    process.kill()
    process.communicate(timeout=20)
    build = small_book.build()
    assert build.code == 0, build.said
    assert ">24</span> pears" in build.html["index"]
    assert ">24</span>" in build.html["ledger"]


def test_of_two_builds_at_once_one_waits_and_names_the_other(small_book: SmallBook) -> None:
    let_pears_take(small_book, 2)
    first = small_book.start()
    small_book.wait_until_started("script pears")
    second = small_book.start()
    _printed, said = second.communicate(timeout=120)
    first.communicate(timeout=120)
    assert (first.returncode, second.returncode) == (0, 0), said
    assert said.splitlines()[0] == f"waiting for process {first.pid}, which builds the book"
    assert "[1/1, " not in said  # nothing ran a second time


def test_a_build_that_waits_can_be_interrupted(small_book: SmallBook) -> None:
    let_pears_take(small_book, 4)
    first = small_book.start()
    small_book.wait_until_started("script pears")
    second = small_book.start()
    assert second.stderr and second.stderr.readline().startswith("waiting for ")
    second.terminate()
    _printed, said = second.communicate(timeout=10)
    assert (second.returncode, said.splitlines()) == (143, [INTERRUPTED])
    first.communicate(timeout=120)
    assert first.returncode == 0


def test_the_lock_of_a_dead_build_is_no_obstacle(small_book: SmallBook) -> None:
    lock = small_book.folder / "_build" / ".in-use"
    lock.write_text("process 999999, which builds the book\n")
    build = small_book.build()
    assert build.code == 0
    assert "waiting" not in build.said


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


def test_the_reason_stands_last_and_without_colors_where_there_is_no_terminal(
    small_book: SmallBook,
) -> None:
    small_book.edit("book/arithmetic.md", "print(6 * 7)", "print(6 / 0)")
    build = small_book.build()
    assert build.code == 1
    assert re.match(r"build failed after .* s: cells failed on ", build.said.splitlines()[-1])
    assert "\x1b" not in build.said
    assert "raceback has been saved" not in build.said
    assert list(small_book.temporary.iterdir()) == []


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


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write it")
def test_a_target_that_cannot_be_written_is_refused_in_one_line(small_book: SmallBook) -> None:
    folder = small_book.folder / "_build"
    (folder / ".in-use").unlink()
    folder.chmod(0o500)
    try:
        build = small_book.build()
    finally:
        folder.chmod(0o700)
    assert build.code == 1
    assert re.fullmatch(r"build failed: _build/.in-use cannot be written .*", build.said.strip())


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


def test_again_is_handed_to_the_pages(small_book: SmallBook) -> None:
    small_book.edit(
        "book/arithmetic.md", "print(6 * 7)", 'import os; print(os.environ.get("MEASURED_AGAIN"))'
    )
    assert ">1\n" in small_book.build("--again").html["arithmetic"]
