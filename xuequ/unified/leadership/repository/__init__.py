"""Queries of leadership."""
