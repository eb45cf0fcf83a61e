"""Files beside the pages: their names, and the addresses that lead to them."""

from __future__ import annotations

from book_kit.protocol import Beside, Kept
from book_kit.sphinx.on_demand import relative


def test_the_name_of_a_file_changes_with_its_content() -> None:
    one, other = Beside("pears", "json", "[1]"), Beside("pears", "json", "[2]")
    assert one.file != other.file
    assert one.file.startswith("on-demand/pears-")
    assert one.file.endswith(".json")


def test_it_travels_to_the_build() -> None:
    kept = Kept(beside=(Beside("pears", "html", "<b>four</b>"),))
    assert Kept.from_json(kept.as_json()) == kept
    assert Kept.together([kept, Kept()]) == kept


def test_an_address_leads_from_the_page_to_the_file() -> None:
    kept = Beside("pears", "html", "four")
    text = f'<img src="{kept.address}"><p>beside: see "beside:"</p>'
    assert relative(text, "index") == f'<img src="{kept.file}"><p>beside: see "beside:"</p>'
    assert f'src="../../{kept.file}"' in relative(text, "data/arrays/page")
