"""Web Push (RFC 8030, 8291, 8292): browsers that are told while the app is closed. Off until the owner wants it."""
