"""RSP: tumour responses and their rates."""
