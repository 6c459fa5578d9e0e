"""One page of videos for one viewer: rank, filter, diversify, explain."""
