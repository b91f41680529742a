"""Commands and views of leadership."""
