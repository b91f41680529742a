"""Rows of the workbooks of party."""
