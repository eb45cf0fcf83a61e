"""Exercises that grade themselves by the memory that an answer takes.

`source`
    reads and checks the folder of an exercise.
`grader`
    tests an answer and measures it: natively and in a page alike, by the standard library alone.
`apart`, `child`, `kernel`, `heap_limit`
    the same in processes of their own, by `tracemalloc`, by the kernel's counter and by memray.
`__main__`
    `python -m book_kit.exercises NAME [FILE]`.
"""
