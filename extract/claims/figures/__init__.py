"""From a sentence to the figures that it states, and what each is about."""
