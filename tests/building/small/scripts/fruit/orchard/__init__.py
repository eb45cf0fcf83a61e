"""A package beside the scripts."""

APPLES = 11
