"""Reads PDFs and publishes curated CSVs: the shell around the pure packages `schemas` and `validations`."""
