"""The web application of the review: its door, its screens, their templates, and the server on loopback."""
