"""How surely clips are known again by their pictures."""
