"""Whether the numbers of a paper can be true. Pure: reads curated CSVs, imports only `schemas`."""
