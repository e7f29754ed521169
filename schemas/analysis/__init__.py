"""The frames for meta-analysis software: their columns with types and meanings, one list for each file of
curated/analysis/."""
