"""Text, people, sound and tag search, and what trends."""
