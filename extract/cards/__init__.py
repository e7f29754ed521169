"""The card of a paper: facts that a person entered, loaded strictly, and the formats of its cells."""
