"""Who may do what in the party."""
