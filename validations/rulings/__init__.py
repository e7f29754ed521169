"""Rulings on findings: matched with findings, written to the verdict files, withdrawn."""
