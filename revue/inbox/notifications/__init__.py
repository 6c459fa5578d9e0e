"""What people are told of: made by hooks, kept in rows, read by their owners."""
