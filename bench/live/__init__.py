"""How long after a comment somebody else's screen knows, with many live streams open."""
