"""What happened in the registry."""
