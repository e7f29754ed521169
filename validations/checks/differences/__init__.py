"""DIF: differences, ratios and changes, recomputed from the arms beside them."""
