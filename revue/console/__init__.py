"""The operators' admin."""
