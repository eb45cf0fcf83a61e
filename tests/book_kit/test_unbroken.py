"""Short code and the names of options stay on one line."""

from __future__ import annotations

import pytest

from book_kit.sphinx.unbroken import hold_together

SPHINX = '<code class="docutils literal notranslate"><span class="pre">{}</span></code>'


@pytest.mark.parametrize("code", ["b = a", "--one-in 10000", "x[:] &amp; y"])
def test_short_code_is_held_together(code: str) -> None:
    assert hold_together(f"<code>{code}</code>") == f'<code class="unbroken">{code}</code>'
    assert 'class="unbroken docutils' in hold_together(SPHINX.format(code))


def test_of_a_long_command_only_the_options_are_held_together() -> None:
    words = ["python", "scripts/tutorial/few-survivors.py", "--one-in", "10000"]
    command = " ".join(f'<span class="pre">{word}</span>' for word in words)
    held = hold_together(f'<code class="literal">{command}</code>')
    assert held.count("unbroken") == 1
    assert '<span class="pre unbroken">--one-in</span>' in held


def test_what_is_no_code_stays_as_it_is() -> None:
    assert hold_together("<p>--one-in</p><pre>--one-in</pre>") == (
        "<p>--one-in</p><pre>--one-in</pre>"
    )
