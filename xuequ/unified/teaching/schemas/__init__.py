"""Commands and views of teaching."""
