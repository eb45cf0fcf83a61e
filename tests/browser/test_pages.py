"""One visit to each page, in both themes and at every width, shows whatever is wrong there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from built_site import illustrated_names, one_of_each_kind, page_names
from page_checks import accessibility, contrast, figures, layout, use, weight
from page_checks.accessibility import ALL_RULES, RULES_OF_COLOR, Rules
from visits import DESKTOP, PHONE, SMALL_PHONE, THEMES, Size, Theme, Visit

pytestmark = pytest.mark.browser

#: What axe looks for in each theme and window on the one page of a kind: all of its rules once for
#: each window, and those that colors can break in the other theme too.
ONE_OF_A_KIND: dict[tuple[Theme, Size], Rules] = {
    ("light", DESKTOP): ALL_RULES,
    ("dark", PHONE): ALL_RULES,
    ("dark", DESKTOP): RULES_OF_COLOR,
    ("light", PHONE): RULES_OF_COLOR,
}


def rules_to_hold(name: str) -> dict[tuple[Theme, Size], Rules]:
    """Return the rules of axe for a page, by theme and window; other pages take turns at these."""
    if name in one_of_each_kind():
        return ONE_OF_A_KIND
    views = list(ONE_OF_A_KIND)
    return {views[page_names().index(name) % len(views)]: ALL_RULES}


def themes_to_see(name: str, size: Size) -> list[Theme]:
    """Return the themes in which a page is seen in a window; on phones most take turns at them."""
    if size == DESKTOP or name in one_of_each_kind():
        return list(THEMES)
    return [theme for theme, _ in rules_to_hold(name)]


def test_a_page_can_be_read_and_used_by_everyone(
    page_name: str,
    address: str,
    next_visit: Callable[..., Visit],
    record_property: Callable[[str, object], None],
) -> None:
    accessibility.axe()  # before the page is opened in vain
    made = next_visit(page_name)
    bytes_sent = weight.on_the_wire(made)
    record_property("bytes", bytes_sent)
    found = [f"{made}: {fault}" for fault in faults_when_it_opens(made)]
    made.unfold()
    for size in (DESKTOP, PHONE, SMALL_PHONE):
        made.resize(size)
        found += faults_in_a_window(made)
    found += [f"{made}: {fault}" for fault in use.tables_out_of_reach(made)]
    made.resize(DESKTOP)
    found += [f"{made}: {fault}" for fault in layout.faults_on_paper(made)]
    found += [f"{made}: {fault}" for fault in use.what_pointing_does_not_show(made)]
    use.read_on(made)
    if bytes_sent > weight.HEAVIEST:
        found.append(f"{page_name}: weighs {bytes_sent / 1024:.0f} KiB")
    strangers = [url for url in made.requests if not url.startswith((address, "data:"))]
    found += [f"{page_name}: asked {url}" for url in strangers]
    found += [f"{page_name}: {complaint}" for complaint in made.complaints]
    assert not found, "\n".join(found)


def faults_when_it_opens(made: Visit) -> Iterator[str]:
    """Yield what is wrong with a page before its reader has unfolded anything."""
    shown = figures.figures(made)
    if made.name in illustrated_names() and not shown:
        yield "no figure shows"
    yield from figures.faults(shown, made)


def faults_in_a_window(made: Visit) -> list[str]:
    """Return what is wrong with a page in a window, a line each that says how it is seen."""
    found = []
    pictures = []
    themes = themes_to_see(made.name, made.size)
    for theme in sorted(themes, key=lambda it: it != made.theme):  # begin as it is
        made.turn(theme)
        pictures.append(figures.figures(made))
        faults = [
            *layout.overflow(made),
            *(layout.what_a_phone_hides(made) if made.size == PHONE else ()),
            *figures.faults(pictures[-1], made),
        ]
        if made.size != SMALL_PHONE:  # whose colors are those of any phone
            faults += contrast.words_that_do_not_stand_out(made)
        if rules := rules_to_hold(made.name).get((theme, made.size)):
            faults += accessibility.violations(made, rules)
        found += [f"{made}: {fault}" for fault in faults]
    if len(pictures) == 2:
        found += [f"{made}: {fault}" for fault in figures.what_keeps_its_color(*pictures)]
    return found


def test_a_figure_shows_without_scripts(
    illustrated_name: str, next_visit: Callable[..., Visit]
) -> None:
    # The browser runs no script of the page then, but still answers what the test asks.
    made = next_visit(illustrated_name, scripts=False)
    shown = figures.figures(made)
    assert shown
    found = [f"{made}, no scripts: {fault}" for fault in figures.faults(shown, made)]
    assert not found, "\n".join(found)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast.contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    gray_on_white = contrast.contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)")
    assert gray_on_white == pytest.approx(4.48, abs=0.01)
