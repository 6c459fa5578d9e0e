"""Catalogues of what the server says itself. The app has its own in `frontend/languages`."""
