"""The page that a curator reads: the findings of a paper with crops of its pages, and an index of the papers. Pure but
for `write`; crops come from a function that the caller gives, since nothing here may see a PDF."""
