"""What speaks for and against a table: the second reader, digits that are lost, odd cells."""
