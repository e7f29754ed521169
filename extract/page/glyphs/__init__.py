"""Characters whose text in the PDF is missing or wrong, recovered from the shape that is drawn."""
