"""Queries of the party."""
