"""How long until something moves in the browser."""
