"""The shards of a corpus, and the work on one of them: each file fetched, read in a limited child, entered."""
