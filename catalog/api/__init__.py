"""The catalogue over HTTP, a module for each noun."""
