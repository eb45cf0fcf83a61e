"""What the tests of the site's files share: a site to read."""

from __future__ import annotations

import built_site
import pytest


@pytest.fixture(autouse=True, scope="session")
def built() -> None:
    built_site.need_site()
