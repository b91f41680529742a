"""Commands and views of the budget."""
