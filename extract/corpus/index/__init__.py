"""The index of a corpus: one HTML page."""
