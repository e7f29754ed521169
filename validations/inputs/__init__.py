"""Curated papers, and CSVs typed by hand, as the tables that checks examine."""
