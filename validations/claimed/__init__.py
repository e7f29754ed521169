"""What claims of the running text speak of: their words, and the cells of tables and forest plots that they mean."""
