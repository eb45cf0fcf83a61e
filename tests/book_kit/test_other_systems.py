"""What a system does not have is done without."""

from __future__ import annotations

import sys

import pytest

from book_kit.running import store
from measured import environment


def test_an_interpreter_without_abi_flags_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python on Windows has no `sys.abiflags`."""
    monkeypatch.setattr(environment, "describe", dict)  # `sysconfig` reads them here
    monkeypatch.delattr(sys, "abiflags", raising=False)
    version, _path, flags = store.identity.__wrapped__()["interpreter"]
    assert (version, flags) == (sys.version, "")
