"""Being told: notifications, and by whom and how they come; messages between people stand beside them."""
