# advice: every line
def count_words(text):
    return sum(len(line.split()) for line in text.splitlines())
