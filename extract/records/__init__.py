"""From tables and plots to the validated frames that a card asks for. The front file is `pipeline`."""
