"""What the recommender is measured by: one command for each question, peers in the same run."""
