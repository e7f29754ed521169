"""The checks, one folder a subject. The docstring of a check is its manual and its test."""
