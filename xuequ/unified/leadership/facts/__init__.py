"""Facts of leadership: what happened."""
