"""What a first view of each page takes, and what Lighthouse says of it.

The pages of the last build come from a server that compresses and lets the browser keep what it
has, as a host of static pages does.  Beside them stands what Jupyter Book makes by default of one
chapter's text: its own theme, no setting but a title, and no cell executed, so that it has none of
the tables and pictures that our page has.

Lighthouse is taken as it comes: a phone in the middle range on a slow line, simulated.  The scores
of a page are the lowest of its runs, and its performance their median.  That depends on what else
the machine does: the last column is how fast Lighthouse found the machine at the worst of the runs.
From 1500 on it is what the simulated phone is reckoned from; far below, performance says nothing.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
LIGHTHOUSE = ROOT / "web" / "node_modules" / "lighthouse" / "cli" / "index.js"
#: The chapter whose text the default book has.
CHAPTER = "objects/what-an-object-costs"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_COMPRESSED = re.compile(r"text/|javascript|json|svg")


@dataclass(frozen=True)
class Visit:
    """A first view of a page.

    Attributes
    ----------
    bytes_sent
        What came over the wire, compressed.
    scores
        From 0 to 1, one a category.
    speed
        Of the machine meanwhile, by Lighthouse's own measure.
    """

    bytes_sent: int
    requests: int
    scores: tuple[float, ...]
    speed: float

    @classmethod
    def from_report(cls, report: dict[str, Any]) -> Visit:
        """Read it from a report of Lighthouse."""
        asked = [
            item
            for item in report["audits"]["network-requests"]["details"]["items"]
            if item["url"].startswith("http")
        ]
        scores = tuple(report["categories"][name]["score"] or 0.0 for name in CATEGORIES)
        bytes_sent = sum(item["transferSize"] for item in asked)
        return cls(bytes_sent, len(asked), scores, report["environment"]["benchmarkIndex"])


def main() -> None:
    """Measure every page and the default one, and print them."""
    if not (SITE / "index.html").is_file():
        print("pages: none is built; run `make book` first")
        return
    lacking = what_is_lacking()
    if lacking:
        print(f"pages: not measured, for want of {lacking}")
        return
    names = sorted(
        path.relative_to(SITE).as_posix()
        for path in SITE.rglob("*.html")
        if path.relative_to(SITE).parts[0] != "_static"
        and 'content="noindex"' not in path.read_text(encoding="utf-8")
    )
    print(f"{'first view on a phone':<44} {'KiB':>6} {'requests':>9} {'performance':>12}", end="")
    print(f" {'accessibility':>14} {'best practices':>15} {'SEO':>5} {'machine':>8}")
    with served(SITE) as address:
        for name in names:
            show(name, visits(address + name))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        site = default_book(Path(folder))
        with served(site) as address:
            show(f"a default Jupyter Book: {CHAPTER}", visits(f"{address}chapter.html"))
    print()


def what_is_lacking() -> str:
    """Say what a browser's report cannot do without and is not here, or nothing."""
    needed = {
        "Node.js": shutil.which("node"),
        "Lighthouse (`npm ci --prefix web`)": LIGHTHOUSE.is_file(),
        "Chromium (or name a browser in CHROMIUM)": browser(),
    }
    return ", ".join(name for name, found in needed.items() if not found)


def browser() -> str | None:
    """Return where a browser is, the one in CHROMIUM if it is set."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else _BROWSERS)), None)


def show(name: str, made: list[Visit]) -> None:
    """Print a line: the first of the visits, and what is to be said of the scores of all."""
    of_performance, *others = zip(*(visit.scores for visit in made), strict=True)
    median = statistics.median(of_performance)
    print(f"{name:<44} {made[0].bytes_sent / 1024:>6.0f} {made[0].requests:>9}", end="")
    print(f" {median:>12.2f}", end="")
    for scores, width in zip(others, (14, 15, 5), strict=True):
        print(f" {min(scores):>{width}.2f}", end="")
    print(f" {min(visit.speed for visit in made):>8.0f}", flush=True)


def visits(address: str) -> list[Visit]:
    """Have Lighthouse look at a page, each time in a browser that remembers nothing."""
    return [Visit.from_report(report(address)) for _ in range(RUNS)]


def report(address: str, categories: Sequence[str] = CATEGORIES) -> dict[str, Any]:
    """Return what Lighthouse reports of a page."""
    finished = subprocess.run(
        [
            *("node", str(LIGHTHOUSE), address, "--output=json", "--quiet"),
            *("--no-enable-error-reporting", f"--only-categories={','.join(categories)}"),
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ],
        env={**os.environ, "CHROME_PATH": browser() or ""},
        capture_output=True,
        check=True,
    )
    content: dict[str, Any] = json.loads(finished.stdout)
    return content


def default_book(folder: Path) -> Path:
    """Make a default Jupyter Book of a chapter's text, and return where its pages are."""
    text = (ROOT / "book" / f"{CHAPTER}.md").read_text(encoding="utf-8")
    (folder / "chapter.md").write_text(plain(text), encoding="utf-8")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: chapter\n", encoding="utf-8")
    (folder / "_config.yml").write_text(
        'title: A default book\nexecute: {execute_notebooks: "off"}\n', encoding="utf-8"
    )
    program = shutil.which("jupyter-book", path=str(Path(sys.executable).parent))
    subprocess.run(
        [program or "jupyter-book", "build", "--quiet", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return folder / "_build" / "html"


def plain(text: str) -> str:
    """Leave out of a chapter what only this book knows: its roles, and what it includes."""
    without = re.sub(r"```\{(classic|literalinclude)\}.*?```\n", "", text, flags=re.S)
    return re.sub(r"\{\w+\}`([^`]*)`", r"\1", without)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder as a host of static pages does; yield its address."""
    handler = partial(_Host, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Host(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        kind, content = self.guess_type(path), path.read_bytes()
        self.send_response(200)
        if _COMPRESSED.search(kind):
            content = gzip.compress(content, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
            kind += "; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


if __name__ == "__main__":
    main()
