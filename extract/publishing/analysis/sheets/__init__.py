"""Sheets that reviewers hand in with a review, filled in as far as the findings of a paper go."""
