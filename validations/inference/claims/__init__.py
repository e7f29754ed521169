"""What claims of the running text speak of: their words, and the cells that they mean."""
