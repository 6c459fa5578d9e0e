"""Schemas of the API, one module for each app."""
