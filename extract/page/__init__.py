"""A page: its characters, words, lines, captions, rules and fills. Knows no tables and no plots."""
