"""Who may do what in leadership."""
