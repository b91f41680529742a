"""Errors of the party."""
