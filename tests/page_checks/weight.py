"""What a first view of a page weighs on the wire, where its host compresses, as hosts do."""

from __future__ import annotations

import gzip
from functools import cache
from urllib.parse import unquote, urlsplit

from built_site import SITE
from visits import Visit

#: Bytes: what a first view may weigh.
HEAVIEST = 110 * 1024


def on_the_wire(visit: Visit) -> int:
    """Return the compressed size of all that a visit has asked for, in bytes."""
    return sum(_compressed(name) for name in {urlsplit(it).path for it in visit.requests})


@cache
def _compressed(path: str) -> int:
    file = SITE / unquote(path).lstrip("/")
    return len(gzip.compress(file.read_bytes(), 6)) if file.is_file() else 0
