"""Quantities, claims about them, figures that are quoted, and the comparison of two builds."""
