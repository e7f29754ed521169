"""Forest plots of any PDF or picture, read by their text and by their drawing. The front file is `reading`."""
