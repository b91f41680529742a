"""Code lists and states of the budget."""
