"""Forest plots drawn anew from the curated rows, with the pooled lines as printed and as recomputed."""
