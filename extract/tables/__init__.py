"""Tables of any PDF: found, cut into cells and read a second time. Its front file is `reading`."""
