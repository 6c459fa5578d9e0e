"""How well, and at what cost, things are found."""
