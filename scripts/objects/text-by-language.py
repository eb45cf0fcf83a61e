"""How many bytes does a character of real text take, as `str` and as UTF-8 bytes?

The text is the first article of the Universal Declaration of Human Rights, in seven languages,
and once more in English with one emoji at its end.

    python scripts/objects/text-by-language.py
"""

import sys
from argparse import Namespace

from measured.command import Experiment, execute, parser
from measured.tracing import Traced

COPIES = 1_000  # of the article, one after another, so that headers do not count

# ruff: noqa: RUF001 - letters of other scripts look like ours, and are not
ARTICLE = {
    "english": "All human beings are born free and equal in dignity and rights. They are endowed "
    "with reason and conscience and should act towards one another in a spirit of brotherhood.",
    "spanish": "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados "
    "como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.",
    "polish": "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są "
    "oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa.",
    "russian": "Все люди рождаются свободными и равными в своем достоинстве и правах. Они "
    "наделены разумом и совестью и должны поступать в отношении друг друга в духе братства.",
    "arabic": "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. وقد وهبوا عقلًا وضميرًا وعليهم "
    "أن يعامل بعضهم بعضًا بروح الإخاء.",
    "hindi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। "
    "उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से बर्ताव करना चाहिए।",
    "chinese": "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，"
    "并应以兄弟关系的精神相对待。",
}
ARTICLE["emoji"] = ARTICLE["english"]  # and the emoji, once, after all its copies
LAST = {"emoji": "\N{GRINNING FACE}"}


def traced_size(text: str, copies: int, last: str) -> int:
    """Make a long text while tracemalloc looks, and return what was allocated for it."""
    pieces = [text] * copies + [last]
    with Traced() as traced:
        _kept = "".join(pieces)
    return traced.held


def main(experiment: Experiment, _options: Namespace) -> None:
    experiment.say(f"{'bytes a character':<18} str  (traced)  UTF-8")
    for language, article in ARTICLE.items():
        last = LAST.get(language, "")
        text = article * COPIES + last
        as_str = sys.getsizeof(text) / len(text)
        traced = traced_size(article, COPIES, last) / len(text)
        as_utf8 = sys.getsizeof(text.encode()) / len(text)
        experiment.keep(f"{language}.str", as_str, "bytes each", "sys.getsizeof")
        experiment.keep(f"{language}.traced", traced, "bytes each", "tracemalloc")
        experiment.keep(f"{language}.utf8", as_utf8, "bytes each", "sys.getsizeof")
        experiment.say(f"{language:<17} {as_str:4.2f}  {traced:8.2f} {as_utf8:6.2f}")


if __name__ == "__main__":
    execute(main, parser(__doc__))
