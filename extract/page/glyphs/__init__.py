"""Characters whose text in the PDF is missing or wrong, recovered from the shapes of their glyphs."""
