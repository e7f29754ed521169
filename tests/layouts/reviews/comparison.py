"""comparison.pdf is made by no_head.py, which says how."""
