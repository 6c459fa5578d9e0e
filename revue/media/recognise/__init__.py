"""Telling whether two sounds are the same one: bytes and numbers in and out, no Django."""
