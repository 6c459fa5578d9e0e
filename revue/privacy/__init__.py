"""The data map: what is held about a person, why and for how long."""
