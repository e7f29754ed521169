"""Tables over several pages: their rests, and captions whose tables begin on the next page."""
