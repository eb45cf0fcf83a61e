import re

TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)


def titles(pages):
    return [match[1].strip() for match in map(TITLE.search, pages) if match]
