"""The doors of ratings, reviews and comments."""
