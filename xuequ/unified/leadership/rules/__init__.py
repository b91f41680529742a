"""Rules of leadership."""
