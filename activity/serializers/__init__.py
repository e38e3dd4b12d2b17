"""What is told of members and their films, as JSON."""
