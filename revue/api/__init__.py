"""The HTTP API: parse, call one action or query, render."""
