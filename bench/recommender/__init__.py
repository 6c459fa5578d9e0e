"""What the recommender is measured by, one command each."""
