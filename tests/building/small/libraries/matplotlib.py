"""Stands for the library that draws, and takes no half second to load: no small book draws."""

import sys

sys.modules["matplotlib.figure"] = sys.modules[__name__]
