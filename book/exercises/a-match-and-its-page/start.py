import re

TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)


def titles(pages):
    found = []
    for page in pages:
        match = TITLE.search(page)
        if match:
            found.append(match)
    return [match[1].strip() for match in found]
