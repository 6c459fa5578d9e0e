"""Revue: a short-video social network that anyone can own."""

__version__ = "0.1.0"
