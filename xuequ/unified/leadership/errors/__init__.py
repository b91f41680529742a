"""Errors of leadership."""
