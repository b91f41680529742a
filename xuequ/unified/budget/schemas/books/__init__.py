"""Rows of the budget's workbooks."""
