"""The report that a curator reads: the findings of a paper with crops of its pages, and an index of the papers.

Only `write` touches files. The caller passes the function that crops pages, because nothing here may open a PDF.
"""
