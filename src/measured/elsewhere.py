"""Prepare an experiment in another process, so that the measured one begins with nothing behind it.

Memory that was freed but that the process still holds is filled again without a trace in its
resident size: a step that follows a large one looks cheaper than it is.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any, NoReturn

from measured import inputs
from measured.command import Failure


def run_elsewhere(function: Callable[..., None], *arguments: Any) -> None:
    """Call `function` in a new interpreter, and wait for it.

    Parameters
    ----------
    function
        A function of a module or of the script itself, such as one that writes a file.
    *arguments
        What it gets; they are pickled on the way.

    Raises
    ------
    Failure, OSError, MemoryError
        What the function raised; a `Failure` too if its process ended without a word.
    """
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_call, args=(there, function, arguments), daemon=True)
    with deaf():
        process.start()
    there.close()
    try:
        error = here.recv()
    except EOFError:
        raise Failure(f"the process that ran {function.__name__} ended early") from None
    except BaseException:
        process.terminate()
        raise
    finally:
        process.join()
    if error is not None:
        raise error


@contextmanager
def deaf() -> Iterator[None]:
    """Start processes, within, that Ctrl-C does not reach, not even while their interpreter starts.

    The process that waits for them hears it too, when this is over, and ends the others.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # starting it unblocks what is blocked here
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])


def _call(there: Connection, function: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that waits hears it as well
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        function(*arguments)
        inputs.tell()
        there.send(None)
    except (Failure, OSError, MemoryError) as error:
        there.send(error)
    except KeyboardInterrupt:
        pass


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
