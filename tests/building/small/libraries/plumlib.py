"""A library that an experiment imports."""
