"""The table of lines: how high memory rose in each line of a program, and how much of it stayed.

`marking`
    puts calls between the statements of a function, so that its lines tell when they begin.
`gauge`, `recorder`, `relays`
    read the memory at these moments, and find what each line took; across recursion, generators,
    coroutines and threads.
`tables`, `page`
    what was found, as text, JSON and HTML.
`profiler`
    the decorator `profile` that brings these together.
"""
