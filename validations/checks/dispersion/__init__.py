"""DSP: the spread of values: ranges, quartiles, standard deviations and standard errors."""
