"""Words that say what a number is: statistics and measures, time points, units."""
