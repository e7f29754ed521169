"""Many PDFs checked like one: listed, cut into shards, read by a pool or a Dask cluster, entered in a ledger, and
merged into tables over all papers. Its command imports it when it runs."""
