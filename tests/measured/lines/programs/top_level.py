"""A program without any measured function: its own lines are measured."""

from __future__ import annotations

kept = b"x" * (64 << 20)  # retained 64, peak 64
for _ in range(3):  # times 4
    size = len(b"x" * (96 << 20))  # retained 0, peak 96, times 3
if size:  # retained 0, peak 0
    del kept  # retained -64, peak 0
