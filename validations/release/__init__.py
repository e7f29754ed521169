"""The gate that the written CSVs pass before they are released: Great Expectations, over the files as a stranger reads
them. What is expected is derived from the schemas, the data package and the findings. Only `gate`, `own` and `docs`
import great_expectations, which takes seconds: they are imported where they are used."""
