"""Infers what checks need and a table does not state: denominators, methods, scales, sections, arms of studies."""
