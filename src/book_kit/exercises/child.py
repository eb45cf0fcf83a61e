"""What runs in a process of its own: answers are graded, or their work is measured.

    python -m book_kit.exercises.child JOB

JOB is a JSON file with the texts of `tests` and of `answers`, the `budget_mib`, the `instrument`
(tracemalloc or kernel), how many `repeats`, how many bytes of `memory` the process may have, and
`results`: a file that gets one line of JSON for each answer, as soon as it is there.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from book_kit.exercises import grader, kernel


def main(job_file: str) -> None:
    """Do a job, and end without waiting for what answers have left behind."""
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    _limit(job["memory"])
    results = os.open(job["results"], os.O_WRONLY | os.O_APPEND)
    measure = _graded if job["instrument"] == "tracemalloc" else _measured
    for answer in job["answers"]:
        line = json.dumps(measure(answer, job))
        os.write(results, line.encode() + b"\n")
    os._exit(0)


def _graded(answer: str, job: dict[str, Any]) -> list[dict[str, Any]]:
    graded = [grader.grade(answer, job["tests"], job["budget_mib"])]
    while graded[-1]["peak_mib"] is not None and len(graded) < job["repeats"]:
        graded.append(grader.grade(answer, job["tests"], job["budget_mib"]))
    return graded


def _measured(answer: str, job: dict[str, Any]) -> list[dict[str, Any]]:
    return [kernel.measure(answer, job["tests"]) for _ in range(job["repeats"])]


def _limit(memory: int) -> None:
    """Bound what this process and what it starts may map, where the system can."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, AttributeError, OSError, ValueError):
        return  # `apart` looks at resident memory as well


if __name__ == "__main__":
    main(sys.argv[1])
