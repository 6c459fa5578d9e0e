"""What the life of a clip costs, and what it survives."""
