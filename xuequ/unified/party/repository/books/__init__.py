"""Queries of the party's workbooks."""
