"""Commands into the registry and views out of it."""
