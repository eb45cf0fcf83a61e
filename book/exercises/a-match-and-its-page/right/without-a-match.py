def titles(pages):
    return [title for page in pages for title in title_of(page)]


def title_of(page):
    start = page.find("<title>")
    end = page.find("</title>", start)
    if start >= 0 and end >= 0:
        yield page[start + len("<title>") : end].strip()
