"""What does a process that is killed for its memory leave behind, if a thread tells its peak?

A job grows until another process kills it, as the kernel would: without a warning, without a
traceback.  A thread in the job has said, at each new peak, how high it was and at which line.

    python scripts/mend/last-words.py
"""

import multiprocessing
import os
import re
import sys
import threading
import time
from argparse import Namespace
from pathlib import Path

import psutil

from measured.command import Experiment, Failure, execute, need_memory, parser
from measured.elsewhere import deaf
from measured.files import data_folder
from measured.options import add_number
from measured.units import MIB


def say_peaks(step: float = 20, every: float = 0.02) -> None:
    import resource  # not on Windows

    main, said = threading.main_thread().ident or 0, 0.0
    unit = 2**20 if sys.platform == "darwin" else 2**10  # ru_maxrss is in bytes there, else in KiB
    while True:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
        if peak >= said + step:
            said, frame = peak, sys._current_frames()[main]
            place = f"{frame.f_code.co_filename}:{frame.f_lineno}"
            print(f"peak {peak:.0f} MiB, {place}", file=sys.stderr, flush=True)
        time.sleep(every)


def job(words: Path) -> None:
    sys.stderr = words.open("w", encoding="utf-8")
    threading.Thread(target=say_peaks, daemon=True).start()
    line, rows = ",".join(map(str, range(1000, 1200))), []
    while True:
        rows.append([float(cell) for cell in line.split(",")])


def last_words(mib: float, words: Path) -> float:
    """Let the job grow by so much since its first word, kill it, and return the MiB that it had."""
    words.touch()
    process = multiprocessing.get_context("spawn").Process(target=job, args=(words,), daemon=True)
    with deaf():
        process.start()
    seen = psutil.Process(process.pid)
    try:
        while not words.stat().st_size and process.is_alive():
            time.sleep(0.002)
        limit = seen.memory_info().rss / MIB + mib
        while (resident := seen.memory_info().rss / MIB) < limit:
            time.sleep(0.002)
    except psutil.Error:
        raise Failure("the job ended before it had grown") from None
    finally:
        process.kill()
        process.join()
    return resident


def main(experiment: Experiment, options: Namespace) -> None:
    if os.name != "posix":
        experiment.cannot("said", "ru_maxrss is not there on Windows")
        return
    need_memory(2 * options.mib * MIB, f"a job of {options.mib:,} MiB", "give --mib less")
    with data_folder(None) as folder:
        killed_at = last_words(options.mib, folder / "words.txt")
        words = (folder / "words.txt").read_text(encoding="utf-8").splitlines()
    said = re.fullmatch(r"peak (\d+) MiB, (.*):(\d+)", words[-1]) if words else None
    if said is None:
        raise Failure("the job was killed in the middle of a word; give --mib more")
    line = Path(__file__).read_text(encoding="utf-8").splitlines()[int(said[3]) - 1].strip()
    experiment.say(f"its last words:  peak {said[1]} MiB, {Path(said[2]).name}:{said[3]}")
    experiment.say(f"that line:       {line}")
    experiment.record("killed", killed_at, "MiB", "psutil, from outside", label="killed at")
    experiment.record("said", float(said[1]), "MiB", "ru_maxrss, in the job", label="last said")
    # Threads take turns at the end of a round too, which belongs to the line with `while`.
    right = Path(said[2]) == Path(__file__) and line.startswith(("while True", "rows.append"))
    experiment.keep("line", float(right), "fraction", "the line of the main thread's frame")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--mib", 200, "MiB by which the job may grow")
    execute(main, arguments)
