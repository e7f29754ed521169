"""The drawing and the words of a forest plot out of a picture: pixels and OCR."""
