"""Use cases of the council."""
