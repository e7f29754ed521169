"""Tables without caption and drawn grid: blocks of lines whose numbers stand in columns."""
