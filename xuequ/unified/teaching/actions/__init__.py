"""Who may do what in teaching."""
