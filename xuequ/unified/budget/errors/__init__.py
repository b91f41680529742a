"""Errors of the budget."""
