"""Facts of teaching: what happened."""
