"""Pure decisions of the budget."""
