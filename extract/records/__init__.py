"""Tables and plots turned into the validated frames that a card asks for. The front file is `pipeline`."""
