"""Errors of teaching."""
