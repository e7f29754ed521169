"""How the numbers of a forest plot hang together: which studies a line pools, and by which way of pooling."""
