"""Rows of the party's workbooks."""
