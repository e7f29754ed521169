"""Loaders and grammars under input that nobody foresees: they answer or refuse in one line, and raise nothing else.

`make test` tries some hundred cases of each, `make corpus-test SAMPLE=fuzz` 20,000.
"""
