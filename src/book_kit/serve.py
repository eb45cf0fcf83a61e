"""Show the built book on this machine, and on no other.

python -m book_kit.serve PORT
"""

from __future__ import annotations

import errno
import os
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from book_kit.reasons import failed

SITE = Path(__file__).resolve().parents[2] / "_build" / "html"


class _Server(ThreadingHTTPServer):
    allow_reuse_address = os.name == "posix"  # on Windows it would share the port of another
    daemon_threads = True


def main(port: str) -> int:
    """Serve until Ctrl-C, and return the exit code."""
    if not (port.isdecimal() and 1 <= int(port) <= 65535):
        return failed(f"{port!r} is no port: give a number from 1 to 65535: make serve PORT=8000")
    try:
        server = _Server(
            ("localhost", int(port)), partial(SimpleHTTPRequestHandler, directory=str(SITE))
        )
    except OSError as error:
        why = (
            "is taken"
            if error.errno == errno.EADDRINUSE
            else f"is not to be had ({error.strerror})"
        )
        return failed(f"port {port} {why}; take another: make serve PORT={_another(int(port))}")
    with server:
        print(f"http://localhost:{port}  (Ctrl-C stops)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


def _another(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 8000


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
