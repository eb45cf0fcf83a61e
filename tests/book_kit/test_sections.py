"""What the search has of a page: its sections, with what a reader would call their text."""

from __future__ import annotations

from book_kit.sphinx.sections import CODE, PROSE, QUESTION, TABLE, sections_of

PAGE = """
<nav><section id="contents"><h2>Contents</h2><p>How to measure</p></section></nav>
<article>
  <section id="chapter"><h1>A chapter<a class="headerlink" href="#chapter">¶</a></h1>
    <p><strong>Does it fit?</strong></p>
    <p>It does <span class="bibtex-citation">[12]</span>.</p>
    <section id="first"><h2>The <code>first</code> part</h2>
      <pre><span class="k">def</span> one(): ...</pre>
      <div class="output stream"><pre>peak 64 MiB</pre></div>
      <div class="measured-table"><table><thead><tr><th>what</th><th>bytes</th></tr></thead>
        <tbody><tr><th>a list</th><td>56</td></tr></tbody></table></div>
      <details><summary>Solution</summary><p>Try.</p><pre>a whole script</pre></details>
      <svg><text>drawn</text></svg>
    </section>
    <p>Last words.</p>
  </section>
  <dl class="glossary"><dt id="term-a">arena<a class="headerlink">¶</a></dt><dd><p>A piece.</p></dd>
    <dt id="term-b">block</dt><dd><p>Room.</p><p>For one.</p></dd></dl>
</article>
<footer><p>Made with care</p></footer>
"""


def test_a_section_ends_where_those_within_it_begin() -> None:
    chapter, first = sections_of(PAGE)[:2]
    assert (chapter.anchor, chapter.heading) == ("chapter", "A chapter")
    assert chapter.texts == [
        (QUESTION, "Does it fit?"),
        (PROSE, "It does."),
        (PROSE, "Last words."),
    ]
    assert (first.anchor, first.heading) == ("first", "The first part")


def test_what_a_script_printed_and_what_is_drawn_are_no_text() -> None:
    first = sections_of(PAGE)[1]
    assert first.texts == [
        (CODE, "def one(): ..."),
        (TABLE, "a list · 56"),
        (PROSE, "Solution"),
        (PROSE, "Try."),
    ]


def test_a_term_of_the_glossary_is_a_section() -> None:
    arena, block = sections_of(PAGE)[2:]
    assert (arena.anchor, arena.heading, arena.texts) == ("term-a", "arena", [(PROSE, "A piece.")])
    assert (block.heading, block.texts) == ("block", [(PROSE, "Room."), (PROSE, "For one.")])


def test_a_page_without_an_article_has_no_sections() -> None:
    assert sections_of("<body><section id='a'><h1>A</h1></section></body>") == []
