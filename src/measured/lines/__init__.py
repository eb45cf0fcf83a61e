"""The table of lines: how high memory rose in each line of a program, and how much of it stayed.

`marking`
    puts calls between the statements of a function, so that its lines tell when they begin.
`following`
    the same for a frame that is already running.
`gauge`, `recorder`, `relays`
    read the memory at these moments, and find what each line took; across recursion, generators,
    coroutines and threads.
`tables`, `page`
    what was found, as text, JSON and HTML.
`profiler`
    the decorator `profile` that brings these together.
`program`, `session`, `notebook`, `steps`
    who uses it: `python -m measured`, a notebook's cell, the experiments of the book.
"""
