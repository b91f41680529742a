"""States of leadership."""
