"""What the tests of the kit share: results of their own, and nothing remembered between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from book_kit import project


@pytest.fixture(autouse=True)
def own_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what a test runs away from what a build has kept."""
    monkeypatch.setenv(project.RESULTS, str(tmp_path / "results"))
