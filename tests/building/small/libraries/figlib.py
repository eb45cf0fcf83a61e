"""A library that nobody imports."""
