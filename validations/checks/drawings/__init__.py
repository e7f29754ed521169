"""GEO: the drawing of a forest plot against its numbers."""
