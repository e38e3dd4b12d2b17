"""Ratings, reviews and comments as JSON."""
