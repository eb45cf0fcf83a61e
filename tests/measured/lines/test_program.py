"""A program runs under `python -m measured` as it runs alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from processes import SRC, names_in

PROGRAMS = {
    "arguments and streams": """
        import sys
        print(sys.argv[1:], __name__, __file__.endswith("program.py"), sys.stdin.read())
        print("to the other stream", file=sys.stderr)
        """,
    "an exit code": """
        import sys
        sys.exit(3)
        """,
    "a reason to exit": """
        import sys
        sys.exit("it is enough")
        """,
    "an exception": """
        def fails(depth):
            if depth:
                return fails(depth - 1)
            return {}["nothing"]

        for _ in range(2):
            fails(2)
        """,
    "an exception in a measured function": """
        import builtins
        profile = getattr(builtins, "profile", lambda function: function)

        @profile
        def fails(depth):
            try:
                if depth:
                    return fails(depth - 1)
                return [1, 2][depth + 2] + 1
            finally:
                depth = None

        fails(2)
        """,
    "an exception with a cause": """
        try:
            1 / 0
        except ZeroDivisionError as error:
            raise ValueError("it was zero") from error
        """,
    "an exception in a coroutine": """
        import asyncio, builtins
        profile = getattr(builtins, "profile", lambda function: function)

        @profile
        async def fails():
            await asyncio.sleep(0)
            raise ValueError("in a coroutine")

        @profile
        async def outer():
            await fails()

        asyncio.run(outer())
        """,
    "a hook of its own": """
        import sys
        sys.excepthook = lambda kind, error, traceback: print(kind.__name__, error,
            traceback.tb_frame.f_code.co_filename.endswith("program.py"))
        raise LookupError("mine")
        """,
    "an interrupt": """
        raise KeyboardInterrupt
        """,
    "not Python": """
        print("never"
        """,
    "what it is": """
        import sys
        main = sys.modules["__main__"]
        print(main.__dict__ is globals(), sorted(name for name in globals()), __spec__)
        print(sys.path[0] == __file__.rpartition("/")[0], __doc__, __package__)
        """,
    "pickled by name": """
        import pickle

        class Own:
            pass

        print(type(pickle.loads(pickle.dumps(Own()))) is Own)
        """,
    "a process pool": """
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        def square(number):
            return number * number

        if __name__ == "__main__":
            with ProcessPoolExecutor(2, get_context("spawn")) as pool:
                print(list(pool.map(square, range(3))))
        """,
    "a fork": """
        import os
        child = os.fork()
        if child:
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        else:
            raise SystemExit(7)
        """,
    "at its end": """
        import atexit, threading, time
        atexit.register(print, "at exit")
        threading.Thread(target=lambda: (time.sleep(0.05), print("thread"))).start()
        """,
    "a docstring, and the future": '''
        """What it does."""
        from __future__ import annotations
        print(__doc__, annotations.compiler_flag)
        def f(x: nonsense) -> None: ...
        print(f.__annotations__)
        ''',
    "locals and closures": """
        import builtins
        profile = getattr(builtins, "profile", lambda function: function)

        def make(step):
            @profile
            def count(start=1, *more, by=step):
                "Count."
                seen = locals()
                def inner():
                    nonlocal start
                    start += by
                    return start
                while inner() < 10:
                    if start % 2: continue
                    elif start == 8: break
                else:
                    start = -1
                return start, sorted(seen), more
            return count

        print(make(3)(), make(2)(4, 5), make(1).__doc__, make(1).__name__)
        """,
    "methods": """
        import builtins
        profile = getattr(builtins, "profile", lambda function: function)

        class Base:
            @profile
            def greet(self):
                return "base"

        class Own(Base):
            __hidden = "hidden"
            @profile
            def greet(self):
                return super().greet(), self.__hidden, __class__.__name__
            @staticmethod
            @profile
            def of_none(): return 1
            @profile
            @classmethod
            def of_class(cls): return cls.__name__

        print(Own().greet(), Own.of_none(), Own.of_class())
        """,
    "generators": """
        import builtins
        from contextlib import contextmanager
        profile = getattr(builtins, "profile", lambda function: function)

        @profile
        def numbers():
            try:
                got = yield 1
                print("got", got)
                got = yield from more()
                print("returned", got)
                yield
            except LookupError as error:
                print("thrown", error)
                yield "after"
            finally:
                print("closed")

        @profile
        def more():
            got = yield 2
            return got

        g = numbers()
        print(next(g), g.send("a"), g.send("b"), g.throw(LookupError("x")))
        g.close()
        list(numbers())

        @contextmanager
        @profile
        def held():
            try:
                yield 1
            except ValueError as error:
                print("in the block:", error)

        with held():
            raise ValueError("v")
        """,
    "asynchronous": """
        import asyncio, builtins
        profile = getattr(builtins, "profile", lambda function: function)

        class Held:
            async def __aenter__(self):
                await asyncio.sleep(0)
                return "held"
            async def __aexit__(self, kind, error, traceback):
                print("left", kind and kind.__name__)
                return True

        @profile
        async def numbers():
            for number in range(3):
                await asyncio.sleep(0)
                yield number

        @profile
        async def all_of_it():
            async for number in numbers():
                print(number)
            print([number async for number in numbers() if await asyncio.sleep(0, True)])
            async with Held() as held:
                print(held)
                raise ValueError("swallowed")
            try:
                async with asyncio.timeout(0.01):
                    await asyncio.sleep(10)
            except TimeoutError:
                print("timed out")
            task = asyncio.current_task()
            task.cancel()
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                print("canceled")
            task.uncancel()
            return "done"

        print(asyncio.run(all_of_it()))
        """,
    "interrupted, and going on": """
        import builtins, signal
        profile = getattr(builtins, "profile", lambda function: function)

        class Late(Exception):
            pass

        def ring(number, frame):
            raise Late

        @profile
        def wait():
            count = 0
            try:
                while True:
                    count += 1
                    one = [count]
            except Late:
                return "late"

        signal.signal(signal.SIGALRM, ring)
        for _ in range(10):
            signal.setitimer(signal.ITIMER_REAL, 0.02)
            print(wait())
        """,
    "a finalizer that is measured": """
        import builtins
        profile = getattr(builtins, "profile", lambda function: function)

        class Finalized:
            def __init__(self):
                self.itself = self
            @profile
            def __del__(self):
                self.gone = bytearray(10)

        @profile
        def make():
            for _ in range(3000):
                one = Finalized()
                more = [one]
            return len(more)

        print(make())
        """,
    "all files closed": """
        import builtins, os
        profile = getattr(builtins, "profile", lambda function: function)

        @profile
        def function():
            kept = bytearray(1 << 20)
            return len(kept)

        print(function())
        os.closerange(3, 4096)
        numbers = [os.open(os.devnull, os.O_RDONLY) for _ in range(900)]
        print(function(), numbers[0], numbers[-1])
        """,
    "in another folder": """
        import os, traceback
        os.chdir("/")
        print(open(__file__).readline())
        try:
            1 / 0
        except ZeroDivisionError:
            print(traceback.format_exc())
        """,
    "close to the limit of recursion": """
        import builtins, sys
        profile = getattr(builtins, "profile", lambda function: function)

        @profile
        def walk(depth):
            try:
                return walk(depth + 1)
            except RecursionError:
                return "as deep as it goes"

        print(walk(0), walk(0))
        """,
    "nearly no memory": """
        import builtins, resource
        profile = getattr(builtins, "profile", lambda function: function)
        resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))

        @profile
        def fill():
            kept = []
            try:
                while True:
                    kept.append(bytearray(1 << 20))
            except MemoryError:
                number = len(kept)
                kept.clear()
            return number > 300

        print(fill(), fill())
        """,
    "a long sum": "x = 1\ny = " + " + ".join(["x"] * 900) + "\nprint(y)\n",
    "warnings": """
        import builtins, warnings
        profile = getattr(builtins, "profile", lambda function: function)

        def warn():
            warnings.warn("once at each place")

        for _ in range(3):
            warn()
            @profile
            def function():
                return 1
            function()
        print(1 is 5, "\\d")
        """,
    "what Python refuses": """
        import asyncio, builtins, types
        profile = getattr(builtins, "profile", lambda function: function)

        @profile
        async def refused(what):
            try:
                if what == 0:
                    async with object(): pass
                if what == 1:
                    async for _ in []: pass
                await 3
            except TypeError as error:
                print(error)

        for what in range(3):
            asyncio.run(refused(what))
        """,
    "a match": """
        import builtins
        profile = getattr(builtins, "profile", lambda function: function)

        @profile
        def what(it):
            match it:
                case [first, *_] if first: return first
                case {"key": value}:
                    return value
                case _: pass
            return None

        print(what([1, 2]), what({"key": 3}), what(4))
        """,
}


def outcome(*command: object, folder: Path) -> tuple[int, str, str]:
    finished = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=folder,
        input="typed",
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SRC)},
        timeout=60,
    )
    return finished.returncode, finished.stdout, finished.stderr


def without_table(said: str) -> str:
    before, table, _ = said.partition("\nMemory by line, in MiB")
    assert table, said
    return before


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_output_and_exit_code_are_those_of_the_program_alone(program: str, tmp_path: Path) -> None:
    file = tmp_path / "program.py"
    file.write_text(dedent(program).lstrip())
    alone = outcome(file, "one", "--two", folder=tmp_path)
    code, output, said = outcome("-m", "measured", file, "one", "--two", folder=tmp_path)
    assert (code, output, without_table(said)) == alone


def test_a_module_of_a_package_runs_as_python_runs_it(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "other.py").write_text("word = 'imported'\n")
    (package / "__main__.py").write_text(
        "import sys\nfrom .other import word\nprint(word, __package__, __spec__.name, sys.argv)\n"
    )
    alone = outcome("-m", "package", "x", folder=tmp_path)
    code, output, said = outcome("-m", "measured", "-m", "package", "x", folder=tmp_path)
    assert (code, output, without_table(said)) == alone


@pytest.mark.parametrize(
    ("initial", "main"),
    [
        (b"raise ValueError('bad settings')", b""),
        (b"import no_such_thing", b""),
        (b"", b"# coding: latin-1\nprint(ascii('\xe9'))"),
    ],
)
def test_the_code_of_a_package_is_read_as_python_reads_it(
    initial: bytes, main: bytes, tmp_path: Path
) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_bytes(initial)
    (package / "__main__.py").write_bytes(main)
    alone = outcome("-m", "package", folder=tmp_path)
    code, output, said = outcome("-m", "measured", "-m", "package", folder=tmp_path)
    assert (code, output) == alone[:2]
    assert said.partition("\nMemory by line")[0].splitlines()[-1:] == alone[2].splitlines()[-1:]


@pytest.mark.parametrize("name", ["resource", "json", "html", "tempfile", "copy"])
def test_a_module_of_the_program_hides_one_of_python_from_the_program_alone(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / f"{name}.py").write_text(f"word = 'own {name}'\n")
    (tmp_path / "program.py").write_text(f"import {name}\nprint({name}.word)\n")
    command = ("-m", "measured", "--html", "lines.html", "--json", "lines.json", "program.py")
    code, output, said = outcome(*command, folder=tmp_path)
    assert (code, output, without_table(said)) == (0, f"own {name}\n", "")
    assert {"lines.html", "lines.json"} < names_in(tmp_path)


def test_files_are_named_from_where_it_was_called(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text("import os\nos.chdir('/')\n")
    assert outcome("-m", "measured", "--json", "x.json", "program.py", folder=tmp_path)[0] == 0
    assert "x.json" in names_in(tmp_path)


def test_a_device_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "program.py").write_text("x = 1\n")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert outcome("-m", "measured", "--json", pipe, "program.py", folder=tmp_path)[0] == 0
    assert json.loads(os.read(reader, 65536))["lines"]
    os.close(reader)
    assert pipe.is_fifo()


def test_a_function_whose_file_has_changed_since_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(
        "from pathlib import Path\n"
        "file = Path(__file__)\n"
        "def before(): return 'old'\n"
        "file.write_text(file.read_text().replace('old', 'new'))\n"
        "print(profile(before)())\n"
        "@profile\n"
        "def after(): return 1\n"
    )
    code, output, said = outcome("-m", "measured", "program.py", folder=tmp_path)
    assert (code, output) == (0, "old\n")
    assert said.startswith("measured: before: its code is not what ")


def test_a_closed_standard_output_costs_no_table(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text("import sys, io\nsys.stdout.close()\nsys.stderr = None\n")
    assert "Memory by line" in outcome("-m", "measured", "program.py", folder=tmp_path)[2]


def test_a_folder_with_a_main_runs_as_python_runs_it(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "other.py").write_text("word = 'imported'\n")
    (folder / "__main__.py").write_text("import sys, other\nprint(other.word, sys.path[0])\n")
    alone = outcome("folder", folder=tmp_path)
    code, output, said = outcome("-m", "measured", "folder", folder=tmp_path)
    assert (code, output, without_table(said)) == alone


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (["missing.py"], "can't open file 'missing.py': no such file"),
        (["-m", "no.such.module"], "cannot find module no.such.module: No module named 'no'"),
        (["-m", "nothing_like_it"], "no module named nothing_like_it, or it cannot be run"),
        (["--json"], "--json needs a file"),
        (["--json=", "x.py"], "--json needs a file"),
        (["--html", "-", "x.py"], "--html needs a file"),
        ([""], "name a script, or -m and a module"),
        (["x.pyc"], "x.pyc is compiled; give its source"),
        (["x" * 5000], f"can't open file '{'x' * 5000}': File name too long"),
        (["--json", "none/there.json", "x.py"], "--json: no file none/there.json can be made"),
        (["--fast", "x.py"], "unknown option --fast"),
        ([], "name a script, or -m and a module"),
        (["."], ". has no __main__.py"),
    ],
)
def test_wrong_use_is_one_line_and_the_usage(
    command: list[str], reason: str, tmp_path: Path
) -> None:
    code, output, said = outcome("-m", "measured", *command, folder=tmp_path)
    assert (code, output) == (2, "")
    assert said.splitlines()[0] == f"measured: {reason}"
    assert said.splitlines()[1].startswith("usage: ")
    assert len(said.splitlines()) == 2
