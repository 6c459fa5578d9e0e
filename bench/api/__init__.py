"""What each kind of request costs, and how that grows."""
