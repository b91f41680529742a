"""Tables of teaching."""
