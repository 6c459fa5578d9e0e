"""The hidden-interest bots against a running server, over HTTP."""
