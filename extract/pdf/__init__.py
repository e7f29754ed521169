"""Opening a PDF safely: checks of the file, limits, worker processes."""
