"""Tables of leadership."""
