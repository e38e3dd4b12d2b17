"""The library's pages: a file for each noun."""
