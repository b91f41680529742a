"""Rows of the workbooks of the budget."""
