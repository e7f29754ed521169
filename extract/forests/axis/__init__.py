"""From the drawing of a forest plot to numbers: the axis, and the marks of each row."""
