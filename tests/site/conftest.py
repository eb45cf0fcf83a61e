"""What the tests of the site's files share: each page, one test a page."""

from __future__ import annotations

import built_site
import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for fixture, names in (
        ("page", built_site.page_names()),
        ("chapter", built_site.chapter_names()),
    ):
        if fixture in metafunc.fixturenames:
            metafunc.parametrize(fixture, names or ["no page"], indirect=True)


@pytest.fixture(autouse=True, scope="session")
def built() -> None:
    built_site.need_site()


@pytest.fixture
def page(built: None, request: pytest.FixtureRequest) -> built_site.Page:
    return built_site.read(request.param)


@pytest.fixture
def chapter(built: None, request: pytest.FixtureRequest) -> built_site.Page:
    return built_site.read(request.param)
