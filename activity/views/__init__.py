"""Pages of what members do: their profile, their year, the feed."""
