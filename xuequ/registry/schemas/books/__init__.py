"""Rows of the registry's workbooks: commands by the codes and numbers that people know."""
