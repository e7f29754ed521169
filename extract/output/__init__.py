"""What commands print: text for the screen, JSON and CSV."""
