"""`test-flat --load` reads a file that anyone may have written: it is data, whatever it says."""

from __future__ import annotations

import codecs
import os
import random
from pathlib import Path

import pytest
from processes import SCRIPTS, Finished, complaint, names_in, run_code, script

ROW = "(0.5, 'ABCDEFGHIJKLMNOPQRST', 12345)\n"
GOOD = ROW * 3


def load(path: Path, content: bytes | str | None = None) -> Finished:
    """Write a file, where there is content, and have test-flat read it, in that folder."""
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return script("test-flat", "--load", path, cwd=path.parent, timeout=30)


def test_a_flat_file_is_read(tmp_path: Path) -> None:
    finished = load(tmp_path / "flat", GOOD)
    assert finished.returncode == 0
    assert "rows read" in finished.stdout
    assert finished.stdout.split()[-1] == "3"


def test_a_file_that_test_flat_wrote_is_read(tmp_path: Path) -> None:
    assert script("test-flat", "--records", 1000, "--dir", tmp_path).returncode == 0
    finished = load(tmp_path / "machin.flat")
    assert finished.returncode == 0
    assert finished.stdout.split()[-1] == "1,000"


BAD_LINES = {
    "empty": "\n",
    "blank": "   \n",
    "no row": "hello\n",
    "a word": "'hello'\n",
    "a number": "1\n",
    "two items": "(0.5, 'A')\n",
    "four items": "(0.5, 'A', 1, 2)\n",
    "other order": "('A', 0.5, 1)\n",
    "a truth value": "(0.5, 'A', True)\n",
    "an integer first": "(1, 'A', 1)\n",
    "bytes": "(0.5, b'A', 1)\n",
    "nothing": "(None, None, None)\n",
    "two rows": "(0.5, 'A', 1), (0.5, 'A', 1)\n",
    "a dictionary": "{0.5: 1, 'A': 2, 1: 3}\n",
    "unbalanced": "(0.5, 'A', 1\n",
    "indented": "        (0.5, 'A'\n",
    "a null byte": "(0.5, 'A\0', 1)\n",
    "not ASCII": "(0.5, 'É', 1)\n",
    "a surrogate": b"(0.5, '\xed\xa0\x80', 1)\n",
    "not UTF-8": b"\xff\xfe(0.5, 'A', 1)\n",
    "nested brackets": "[" * 190 + "\n",
    "nested and closed": "(" * 95 + ")" * 95 + "\n",
    "nested lists": "[" * 90 + "]" * 90 + "\n",
    "nested signs": "-" * 190 + "1\n",
    "nested negations": "not " * 45 + "1\n",
    "a chain of sums": "1" + "+1" * 90 + "\n",
    "an unhashable set": "{[]}\n",
    "an unhashable key": "{[]: 1}\n",
    "an invalid escape": "'\\d'\n",
    "an invalid literal": "1or 2\n",
    "an identity of literals": "1 is 1\n",
    "a call of a literal": "1(2)\n",
    "a call": "__import__('os').system('touch pwned')\n",
    "a call in a row": "(0.5, __import__('os').system('touch pwned'), 1)\n",
    "a comprehension": "[open('pwned', 'w') for _ in (1,)]\n",
    "a lambda": "(lambda: open('pwned', 'w'))()\n",
    "a formatted string": "f\"{open('pwned', 'w')}\"\n",
    "an attribute": "().__class__.__bases__[0].__subclasses__()\n",
    "an assignment": "(x := open('pwned', 'w'))\n",
    "a statement": "import os; os.system('touch pwned')\n",
    "a power that never ends": "9**9**9**9\n",
    "a repetition that fills memory": "'A' * 10**12\n",
    "too many digits": "(0.5, 'A', " + "9" * 5000 + ")\n",
}


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_line_that_is_not_a_row_is_named_by_its_number_and_runs_nothing(
    line: str | bytes, tmp_path: Path
) -> None:
    bad = line.encode() if isinstance(line, str) else line
    said = complaint(load(tmp_path / "flat", GOOD.encode() + bad + ROW.encode()))
    assert f"{tmp_path / 'flat'}, line 4: " in said
    assert names_in(tmp_path) == {"flat"}


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8-sig", "UTF-8 with a byte-order mark"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
    ],
)
def test_another_encoding_is_named(encoding: str, name: str, tmp_path: Path) -> None:
    said = complaint(load(tmp_path / "flat", GOOD.encode(encoding)))
    assert f"{tmp_path / 'flat'}, line 1: the file is in {name}; " in said
    assert "save it as UTF-8" in said


def test_the_mark_of_the_other_byte_order_is_known_too(tmp_path: Path) -> None:
    marked = codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be")
    assert "the file is in UTF-16; " in complaint(load(tmp_path / "flat", marked))


@pytest.mark.parametrize("number", [1, 2, 7])
def test_the_number_is_that_of_the_first_bad_line(number: int, tmp_path: Path) -> None:
    said = complaint(load(tmp_path / "flat", ROW * (number - 1) + "bad\n" + ROW + "bad\n"))
    assert f", line {number}: not a row" in said


def test_a_file_that_was_cut_off_is_named_by_its_last_line(tmp_path: Path) -> None:
    said = complaint(load(tmp_path / "flat", (GOOD + ROW)[:-5]))
    assert ", line 4: cut off" in said


def test_a_last_row_without_its_end_of_line_is_cut_off_too(tmp_path: Path) -> None:
    said = complaint(load(tmp_path / "flat", (GOOD + ROW)[:-1]))
    assert ", line 4: cut off" in said


@pytest.mark.parametrize("length", [201, 10_000, 5_000_000])
def test_a_line_that_is_too_long_is_not_read_to_its_end(length: int, tmp_path: Path) -> None:
    said = complaint(load(tmp_path / "flat", GOOD + "x" * length + "\n" + ROW))
    assert ", line 4: longer than 200 bytes" in said


def test_a_file_without_any_end_of_line_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "flat"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)  # zeros, and none of them on the disk
    code = f"""
import runpy, sys
from measured import memory
sys.argv = ["test-flat.py", "--load", {str(path)!r}]
try:
    runpy.run_path({str(SCRIPTS["test-flat"])!r}, run_name="__main__")
except SystemExit:
    print(memory.lifetime_peak() // 2**20)
"""
    finished = run_code(code)
    assert ", line 1: longer than 200 bytes" in finished.stderr
    assert int(finished.stdout) < 100


@pytest.mark.parametrize("seed", range(5))
def test_binary_garbage_is_refused_at_its_first_line(seed: int, tmp_path: Path) -> None:
    said = complaint(load(tmp_path / "flat", random.Random(seed).randbytes(10_000)))
    assert ", line 1: " in said


@pytest.mark.parametrize("seed", range(8))
def test_a_bit_that_flipped_leaves_a_row_or_is_found_in_its_line(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    corrupted = bytearray(ROW.encode() * 9)
    place = draw.randrange(len(corrupted) - 1)
    corrupted[place] ^= 1 << draw.randrange(8)
    finished = load(tmp_path / "flat", bytes(corrupted))
    if finished.returncode == 0:
        assert finished.stdout.split()[-1] == "9"
    else:
        assert f", line {place // len(ROW) + 1}: " in complaint(finished)


def test_an_empty_file_holds_no_rows(tmp_path: Path) -> None:
    said = complaint(load(tmp_path / "flat", ""))
    assert said.endswith("flat: holds no rows")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    said = complaint(load(tmp_path / "missing"))
    assert said.endswith("missing: no such file")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    said = complaint(load(tmp_path))
    assert said.endswith("not a regular file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    said = complaint(load(tmp_path / "pipe"))
    assert said.endswith("not a regular file")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs devices of a POSIX system")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_not_read(device: str) -> None:
    said = complaint(script("test-flat", "--load", device, timeout=30))
    assert said.endswith(f"{device}: not a regular file")


def test_a_file_too_large_for_memory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "flat"
    with path.open("wb") as file:
        try:
            file.truncate(10**13)
        except OSError:
            pytest.skip("this file system has no file of ten terabytes, not even an empty one")
    said = complaint(load(path))
    assert "not enough memory" in said
    assert "give a smaller file" in said


def test_reading_and_writing_exclude_each_other(tmp_path: Path) -> None:
    finished = script("test-flat", "--load", tmp_path / "flat", "--dir", tmp_path)
    assert "not allowed with" in complaint(finished, code=2)


def test_a_name_that_is_hostile_itself_stays_on_one_line(tmp_path: Path) -> None:
    said = complaint(load(tmp_path / "two\nlines"))
    assert said.endswith("two lines: no such file")
