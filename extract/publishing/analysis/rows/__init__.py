"""Results of arms, effects and median times as rows of the analysis frames."""
