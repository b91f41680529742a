"""States of teaching."""
