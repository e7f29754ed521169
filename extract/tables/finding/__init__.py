"""Where the tables of a document are: regions, their parts on several pages, their notes."""
