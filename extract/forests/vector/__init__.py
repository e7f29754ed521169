"""The drawing of a forest plot out of the paths of a PDF: markers, whiskers, ticks."""
