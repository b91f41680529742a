"""Rows of the workbooks of leadership."""
