"""Facts of the budget: what happened."""
