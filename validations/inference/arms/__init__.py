"""The arms of a trial side by side: cells of all patients, variables and their denominators, means and spread."""
