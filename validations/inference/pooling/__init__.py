"""How the lines of a forest plot were pooled: which studies, by which method."""
