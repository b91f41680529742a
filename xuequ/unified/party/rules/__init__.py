"""Rules of the party."""
