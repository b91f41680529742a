"""Facts of the party: what happened."""
