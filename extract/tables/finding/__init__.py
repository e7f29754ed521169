"""The places of tables in a document: regions, parts on several pages, notes."""
