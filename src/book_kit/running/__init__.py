"""Experiments in fresh interpreters, and what they reported."""
