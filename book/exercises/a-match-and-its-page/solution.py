import re

TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)


def titles(pages):
    found = []
    for page in pages:
        match = TITLE.search(page)
        if match:
            found.append(match[1].strip())
    return found
