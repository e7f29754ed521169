"""A paper under review: its findings in the order of work, decisions on them, its pages, misprints that explain it."""
