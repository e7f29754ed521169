"""Verdicts: matched with findings, written, withdrawn."""
