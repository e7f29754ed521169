"""Finders: what a table does not say and checks need, such as denominators, methods and arms."""
