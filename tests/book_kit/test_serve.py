"""A port that cannot be served on is refused in one line that says what to do."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest
from processes import SRC, complaint, hear_ctrl_c, run

from book_kit import serve


def refused(port: str) -> str:
    return complaint(run("-m", "book_kit.serve", port, environment={"PYTHONPATH": str(SRC)}))


@pytest.mark.parametrize("port", ["", "http", "-1", "0", "65536", "8000.5", "²", " 8000"])
def test_what_is_no_port_is_refused(port: str) -> None:
    assert refused(port) == (
        f"{port!r} is no port: give a number from 1 to 65535: make serve PORT=8000"
    )


def test_a_port_that_is_taken_is_named_with_another() -> None:
    with socket.create_server(("localhost", 0)) as other:
        port = other.getsockname()[1]
        line = refused(str(port))
    assert line.startswith(f"port {port} is taken; take another: make serve PORT=")
    assert int(line.rpartition("=")[2]) != port


@pytest.mark.skipif(os.name != "posix", reason="needs signals of a POSIX system")
def test_it_serves_until_ctrl_c() -> None:
    with socket.create_server(("localhost", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-m", "book_kit.serve", str(port)],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear_ctrl_c,
    ) as server:
        assert server.stdout and server.stderr
        assert server.stdout.readline().startswith(f"http://localhost:{port} ")
        if serve.SITE.is_dir():
            assert urlopen(f"http://localhost:{port}/").status == 200
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0
        assert server.stderr.read().count("Traceback") == 0
