# advice: several lines
import re

TITLE = re.compile("<title>(.*?)</title>")


def titles(pages):
    return [match[1].strip() for match in map(TITLE.search, pages) if match]
