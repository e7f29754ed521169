"""DUP, LBL: rows and names printed twice, abbreviations and names."""
