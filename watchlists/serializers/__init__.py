"""What the library takes and gives, as JSON."""
