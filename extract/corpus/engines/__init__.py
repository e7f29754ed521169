"""What runs shards: the processes of this machine, or a Dask cluster."""
