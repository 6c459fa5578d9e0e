"""What a video is, as arrays: one unit vector of what it shows, sounds like and says. Knows numpy and no Django."""
