"""What two people write to each other: sent by actions, told at once, read by the two alone."""
