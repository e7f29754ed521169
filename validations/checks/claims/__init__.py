"""CLM: figures in the running text, against tables and plots."""
