"""Writes frames and the data package into curated/, whole or not at all, byte-stable."""
