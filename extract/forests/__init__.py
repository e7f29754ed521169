"""Forest plots of any PDF or picture, read twice: by their text and by their drawing."""
