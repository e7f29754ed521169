"""The records of curated exhibits as results of arms, effects and median times, each with its printed cells."""
