"""Follow, like, comment and share."""
