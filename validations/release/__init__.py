"""The release gate: Great Expectations tests the written CSVs as a stranger reads them.

The expectations are derived from the schemas, the data package and the findings. Only `gate`, `own` and `docs` import
great_expectations, which takes seconds: they are imported where they are used.
"""
