"""ARM: the arms of a trial beside each other and beside all patients."""
