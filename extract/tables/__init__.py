"""Tables of any PDF: found, cut into cells, read a second time. The front file is `reading`."""
