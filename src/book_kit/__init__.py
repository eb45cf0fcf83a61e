"""What makes pages of measurements.

`book_kit.chapter`
    everything that a cell of a page may call.
`book_kit.running`
    experiments in fresh interpreters, and what they reported.
`book_kit.evidence`
    quantities, claims, quoted and recorded figures, and the comparison of two builds.
`book_kit.show`
    tables, figures and graphs in the book's one look.
`book_kit.recording`
    every Python of a machine, asked what objects cost.
`book_kit.sphinx`
    the extension that puts all of it on pages.

It imports `measured`, the instrument, which knows nothing of it.
"""
