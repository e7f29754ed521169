"""Reads curated papers, and CSVs typed by hand, into the tables that checks examine."""
