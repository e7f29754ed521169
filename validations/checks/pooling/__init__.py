"""MET: pooling and heterogeneity in forest plots."""
