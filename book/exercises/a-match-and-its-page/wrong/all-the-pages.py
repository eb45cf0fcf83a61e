# advice: every page
import re

TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)


def titles(pages):
    pages = list(pages)
    matches = map(TITLE.search, pages)
    return [match[1].strip() for match in matches if match]
