"""Who may do what with the budget."""
