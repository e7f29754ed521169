"""The rows of a table in XML laid out: spans in both formats of JATS, heads, labels in two columns."""
