"""`doubletake explain` and validations/README.md, made from docstrings and schemas."""
