"""Code lists of the registry."""
