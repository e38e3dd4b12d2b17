"""Accounts as JSON."""
