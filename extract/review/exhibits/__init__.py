"""The exhibits of a paper under review: cells as read, corrections written into the card, the paper read again."""
