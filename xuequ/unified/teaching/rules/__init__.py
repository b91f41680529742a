"""Rules of teaching."""
