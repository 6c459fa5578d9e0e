"""Sounds as things of their own: whose they are, who may use them, and where they are heard again."""
