"""Opening a PDF safely: what is no PDF, limits, worker processes."""
