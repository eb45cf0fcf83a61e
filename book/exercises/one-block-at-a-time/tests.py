import ast
import tempfile
from pathlib import Path
from zlib import crc32

SIZE = 12 * 2**20  # bytes
BLOCKS = 3


def written(content):
    path = Path(tempfile.mkdtemp(), "archive.bin")
    path.write_bytes(content)
    return path


def prepare():
    path = written(b"")
    with path.open("wb") as file:
        for number in range(BLOCKS):
            file.write(bytes([number]))
            file.seek((number + 1) * SIZE - 1)
            file.write(b"\n")
    return {"path": path, "size": SIZE}


def work(answer, path, size):
    found = answer.checksums(path, size)
    assert len(found) == len(set(found)) == BLOCKS, "the checksums of large blocks are wrong"


def test_each_block_has_its_checksum(answer):
    found = answer.checksums(written(b"hovercraft"), 5)
    expected = "`hovercraft` in blocks of five bytes has two checksums: of `hover` and of `craft`."
    assert found == [crc32(b"hover"), crc32(b"craft")], expected


def test_the_last_block_may_be_shorter(answer):
    found = answer.checksums(written(b"eels!"), 3)
    assert found == [crc32(b"eel"), crc32(b"s!")], "The last block has what is left."
    found = answer.checksums(written(b"eels"), 100)
    assert found == [crc32(b"eels")], "A file that is shorter than a block is one block."


def test_a_block_has_the_size_that_was_asked_for(answer):
    content = bytes(range(256)) * 1_000
    found = answer.checksums(written(content), 200_000)
    expected = (
        "A checksum is of `size` bytes: 200,000 and 56,000 are two blocks, and two checksums."
    )
    assert found == [crc32(content[:200_000]), crc32(content[200_000:])], expected


def test_an_empty_file_has_no_blocks(answer):
    assert answer.checksums(written(b""), 10) == [], "An empty file has no blocks: return []."


def advise(answer):
    if any(
        isinstance(it, ast.Call) and ast.unparse(it).endswith((".read()", ".read_bytes()"))
        for it in ast.walk(answer.tree)
    ):
        return "You read the whole file at once: ask for `size` bytes each time."
    if answer.peak_mib > 2.5 * SIZE / 2**20:
        return "You hold every block: take the checksum of each as it comes, and let go of it."
    letting_go = [
        it for it in ast.walk(answer.tree) if isinstance(it, ast.FunctionDef) and _lets(it)
    ]
    if letting_go:
        return (
            f"`{letting_go[0].name}` lets go of its block, and still there are two:"
            " another name holds it."
        )
    return "While the next block is read, the last one is still there: which names refer to it?"


def _lets(function):
    return any(
        isinstance(it, ast.Delete)
        or (
            isinstance(it, ast.Assign) and isinstance(it.value, ast.Constant) and not it.value.value
        )
        for it in ast.walk(function)
    )
