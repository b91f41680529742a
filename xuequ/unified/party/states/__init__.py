"""States of the party."""
