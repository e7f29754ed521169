"""The ledger, the findings and the results of a corpus as Parquet: written by shard, then merged."""
