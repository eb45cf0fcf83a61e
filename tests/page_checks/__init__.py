"""What can be wrong with a page in a browser: each check yields a line for each fault."""
