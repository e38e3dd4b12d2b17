"""The doors of the library: a file for each noun."""
