# advice: A match remembers
import re

TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)


def titles(pages):
    found = []
    for page in pages:
        match = TITLE.search(page)
        del page
        if match:
            found.append(match)
        del match
    return [match[1].strip() for match in found]
