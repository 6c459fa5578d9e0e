"""How long the demo troupe takes."""
