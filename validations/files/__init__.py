"""How every command writes files: whole or not at all, one run at a time in a folder, never through a link; and how it
ends when a signal stops it.
"""
