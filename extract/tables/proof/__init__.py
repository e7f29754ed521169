"""The proof of a table: the second reader, lost digits, odd cells."""
