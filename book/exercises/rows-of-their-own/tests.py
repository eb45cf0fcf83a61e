def test_the_table_has_its_size(answer):
    table = answer.grid(3, 2)
    assert table == [[0, 0, 0], [0, 0, 0]], "grid(3, 2) is two rows, each with three zeros."


def test_each_row_is_a_list_of_its_own(answer):
    table = answer.grid(3, 4)
    table[1][2] = 7
    expected = "You set one place, and other rows changed: `*` repeats references to one row."
    assert [row[2] for row in table] == [0, 7, 0, 0], expected


def test_the_new_table_has_the_value(answer):
    new = answer.with_place([[1, 2], [3, 4]], 0, 1, 9)
    assert new == [[1, 2], [9, 4]], "with_place returns the table with that one place changed."


def test_the_old_table_stays(answer):
    old = [[1, 2], [3, 4]]
    answer.with_place(old, 0, 1, 9)
    expected = "The old table changed too: `list` copies the table, and its rows are shared."
    assert old == [[1, 2], [3, 4]], expected


def test_rows_that_do_not_change_are_shared(answer):
    old = [[1, 2], [3, 4], [5, 6]]
    new = answer.with_place(old, 0, 1, 9)
    expected = "You copied rows that stay the same: copy row `y` alone, and share the others."
    assert new[0] is old[0] and new[2] is old[2], expected
