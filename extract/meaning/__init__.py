"""What the cells of any table mean, without a card: their arms, outcomes, statistics and time points."""
