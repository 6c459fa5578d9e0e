"""What to show whom: the pure engine and its thin wiring."""
