"""Tables of the party."""
