"""The pages of the catalogue, which anyone may see: a file for each noun."""
