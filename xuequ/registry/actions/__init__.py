"""Who may do what in the registry."""
