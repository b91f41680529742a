"""Errors of the registry."""
