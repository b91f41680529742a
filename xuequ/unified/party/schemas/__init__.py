"""Commands and views of the party."""
