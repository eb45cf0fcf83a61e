"""Find the measured quantities that someone typed into the prose of a chapter.

A figure of the book is quoted with a role, so that it is always the one of the present build.  A
number with a unit of memory or time, or a ratio, that stands in the prose itself is either a
definition, such as a page of 4 KiB, or a figure that goes stale unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SPELLED = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|twenty"
    "|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion"
)
_DIGITS = r"(?<![\w.,*^/-])[+\-\N{MINUS SIGN}]?\d[\d,_]*(?:\.\d+)?(?:e[+-]?\d+)?"
_NUMBER = rf"(?:{_DIGITS}|(?i:\b(?:{_SPELLED})(?:[- ](?:{_SPELLED}))*))"
_UNIT = (
    r"(?:(?:[KMGT]i?B|kB|[Kk]ilobytes?|[Mm](?:ega|ebi)bytes?|[Gg](?:iga|ibi)bytes?"
    r"|bytes?(?! strings?\b| objects?\b| codes?\b)"
    r"|ms|µs|μs|ns|(?:(?:milli|micro|nano)?seconds?|minutes?|hours?)|sec"
    r"|percent|per cent|fold|copies|orders? of magnitude)\b|%)"
)
_SIGN_OF_TIMES = "[\N{MULTIPLICATION SIGN}x]"
_COMPARED = (
    r"(?:as|the|its|their|that|what|this|more|less|fewer|over|larger|bigger|smaller|faster|slower"
    r"|higher|lower|longer|shorter|cheaper|dearer|too|of)\b"
)
_PART = "third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth|millionth"

#: What is a quantity whoever says it: digits, or a number in words, with a unit.
_ANYWHERE = [
    rf"{_NUMBER}[\s\N{{NO-BREAK SPACE}}-]?{_UNIT}",
    rf"{_DIGITS}\s?s\b",
    rf"{_DIGITS}\s?{_SIGN_OF_TIMES}(?!\w)",
    rf"{_DIGITS}[\s-]times\b",
]
#: What compares two quantities in words; a question that asks so claims nothing.
_IN_STATEMENTS = [
    rf"\b(?:{_SPELLED})(?:[- ](?:{_SPELLED}))* times {_COMPARED}",
    r"\b(?:tens|dozens?|hundreds|thousands|millions) of times\b",
    r"\b(?:several|many) times (?:as|more|larger|smaller|faster|slower|higher)\b",
    rf"\b(?:twice|thrice) {_COMPARED}",
    rf"\b(?:{_SPELLED})fold\b",
    r"(?<!first )(?<!second )(?<!other )\bhalf (?:of|the|as|its|their|that|this|what|again)\b",
    r"\bhalf an? (?!million|thousand|hundred|dozen)",
    r"\b(?:by|in|about|only|nearly|almost|to) half\b",
    rf"\b(?:a|an|one|two|three|four|nine) (?:{_PART})s?\b(?= (?:of|more|less|as|the|its|that))",
    rf"\b(?:by|about|only|nearly|almost|to) (?:a|one|two|three|four) (?:{_PART})s?\b",
    r"\b(?:doubl|tripl|quadrupl)(?:es|ed) (?:the|its|your|their|that)\b",
]
_ANYWHERE_PATTERN = re.compile("|".join(f"(?:{pattern})" for pattern in _ANYWHERE))
_IN_STATEMENTS_PATTERN = re.compile(
    "|".join(f"(?:{pattern})" for pattern in _IN_STATEMENTS), re.IGNORECASE
)

#: Directives whose content is prose; what stands in any other one is code or data.
_PROSE = {
    *("admonition", "attention", "caution", "danger", "error", "hint", "important", "note"),
    *("seealso", "tip", "warning", "topic", "sidebar", "margin", "epigraph", "pull-quote"),
    *("card", "dropdown", "grid", "grid-item", "grid-item-card", "tab-set", "tab-item"),
    *("glossary", "on-trial", "exercise", "solution", "list-table", "table", "div", "container"),
}
_FENCE = re.compile(r"^\s*(?P<fence>`{3,}|~{3,}|:{3,})\s*(?:\{(?P<name>[\w:-]+)\})?(?P<rest>.*)$")
_ROLE = re.compile(r"\{[\w:+-]+\}(?P<ticks>`+)(?P<content>.+?)(?P=ticks)")
_CODE = re.compile(r"(?P<ticks>`+)(?P<content>.+?)(?P=ticks)")
_LINK = re.compile(r"\]\([^)]*\)")
_TIME_TO_READ = re.compile(r"\*\*Time\*\* \d+ minutes")
_ONLY_A_FIGURE = re.compile(rf"\s*{_DIGITS}\s*(?:{_UNIT})?\s*")


@dataclass(frozen=True)
class Quantity:
    """A quantity that someone typed: where it stands, its words, and its sentence."""

    line: int
    words: str
    sentence: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.words!r} in {self.sentence!r}"


def paragraphs(markdown: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph of prose with the number of its first line.

    Front matter, headings, comments, code, literal blocks and options of directives are not prose.
    """
    lines = markdown.splitlines()
    start = 0
    if lines and lines[0] == "---":
        start = lines.index("---", 1) + 1
    open_fences: list[tuple[str, bool]] = []
    gathered: list[str] = []
    first = start
    for number, line in enumerate(lines[start:], start + 1):
        fence = _FENCE.match(line)
        in_code = bool(open_fences) and not open_fences[-1][1]
        prose = ""
        if fence and not in_code and (fence["name"] or fence["rest"].strip() or not open_fences):
            open_fences.append((fence["fence"], fence["name"] in _PROSE))
            prose = fence["rest"] if open_fences[-1][1] else ""
        elif fence and open_fences and _closes(fence, open_fences[-1][0]):
            open_fences.pop()
        elif (
            not in_code
            and not fence
            and not re.match(r"\s*(#{1,6} |%|:[\w-]+:|\|[-: |]+\|$)", line)
        ):
            prose = line
        ends = not prose.strip() or line.lstrip().startswith(("- ", "* ", "|")) or bool(fence)
        if ends and gathered:
            yield first, "\n".join(gathered)
            gathered = []
        if prose.strip():
            if not gathered:
                first = number
            gathered.append(prose)
    if gathered:
        yield first, "\n".join(gathered)


def _closes(fence: re.Match[str], opened: str) -> bool:
    same = fence["fence"][0] == opened[0] and len(fence["fence"]) >= len(opened)
    return same and not fence["name"] and not fence["rest"].strip()


def quantities(markdown: str, definitions: Sequence[str] = ()) -> list[Quantity]:
    """Return the quantities that are typed into the prose of a page.

    Parameters
    ----------
    markdown
        The source of the page.
    definitions
        Phrases that may stand there; a quantity within one of them is none.
    """
    found = []
    for first, paragraph in paragraphs(markdown):
        text = _plain(paragraph)
        allowed = [span for phrase in definitions for span in _spans(phrase, text)]
        for sentence, begin in _sentences(text):
            matches = list(_ANYWHERE_PATTERN.finditer(sentence))
            if not sentence.rstrip().endswith("?"):
                matches += _IN_STATEMENTS_PATTERN.finditer(sentence)
            for match in sorted(matches, key=lambda match: match.start()):
                start, end = begin + match.start(), begin + match.end()
                if any(low <= start and end <= high for low, high in allowed):
                    continue
                line = first + text.count("\n", 0, start)
                found.append(Quantity(line, " ".join(match[0].split()), " ".join(sentence.split())))
    return found


def prose(markdown: str) -> list[str]:
    """Return the words of each paragraph of a page, without roles, code and addresses."""
    return [_plain(paragraph) for _, paragraph in paragraphs(markdown)]


def uses(words: Sequence[str], phrase: str) -> bool:
    """Say whether a phrase stands in one of the paragraphs that `prose` returned."""
    return any(_spans(phrase, paragraph) for paragraph in words)


def _plain(paragraph: str) -> str:
    """Take roles, code and addresses away; a piece of code that is a figure stays a figure."""
    paragraph = _TIME_TO_READ.sub("", paragraph)
    paragraph = _ROLE.sub(lambda role: _title(role) or "FIGURE", paragraph)
    paragraph = _CODE.sub(
        lambda code: code["content"] if _ONLY_A_FIGURE.fullmatch(code["content"]) else "CODE",
        paragraph,
    )
    return re.sub(r"[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}", "", _LINK.sub("]", paragraph))


def _title(role: re.Match[str]) -> str:
    """Return the words of a role such as {term}`a page <page>`, which are prose."""
    return role["content"].split("<")[0] if role[0].startswith(("{term}", "{doc}", "{ref}")) else ""


def _spans(phrase: str, text: str) -> list[tuple[int, int]]:
    pattern = r"\s+".join(re.escape(word) for word in phrase.split())
    return [found.span() for found in re.finditer(pattern, text, re.IGNORECASE)]


def _sentences(text: str) -> Iterator[tuple[str, int]]:
    begin = 0
    for end in re.finditer(r"[.?!:;](?=\s|$)|\Z", text):
        if text[begin : end.end()].strip():
            yield text[begin : end.end()], begin
        begin = end.end()
