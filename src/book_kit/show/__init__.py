"""Tables, figures and graphs in the one look of the book."""
