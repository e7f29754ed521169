"""Readers: a page in, a grid of printed cells with boxes out. One file per step; `tables.read_tables` is the way in."""
