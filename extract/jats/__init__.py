"""A paper's JATS XML, as its publisher deposited it: tables and text; as a third reading of the pages."""
