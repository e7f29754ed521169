"""What is printed on a page and is no text of it: struck-out words, the line numbers of manuscripts."""
