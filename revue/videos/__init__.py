"""The video: caption, tags, visibility and the states of its life."""
