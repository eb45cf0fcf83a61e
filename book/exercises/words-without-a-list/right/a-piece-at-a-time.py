def count_words(text):
    words, is_inside = 0, False
    for start in range(0, len(text), 4_096):
        piece = text[start : start + 4_096]
        words += len(piece.split())
        if is_inside and not piece[0].isspace():
            words -= 1  # the rest of a word that was counted
        is_inside = not piece[-1].isspace()
    return words
