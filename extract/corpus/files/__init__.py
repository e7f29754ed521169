"""Where the files of a corpus come from and where its results go: folders, buckets, lists of URLs."""
