"""OCR: the words of a picture, with their confidence and the rivals of each character."""
