"""Queries of the budget."""
