"""A program's memory from line to line: its names, its objects, and what they take.

    python -m measured.stepping PROGRAM --show objects

A program is stopped before each of its lines, and where one of its functions returns or yields.
`following` stops it, `states` has what there is to see at a stop, `picture` looks at names and
objects, and `recorder` runs a program with one way to look.

Whoever looks takes memory.  So a program is run once for each way to look, in a process of its
own: for its objects, for its heap, and for the memory of the process.
"""
