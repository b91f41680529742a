"""Queries of teaching."""
