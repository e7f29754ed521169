"""Finds the cells of tables and figures that the claims of the running text are about."""
