"""The pure recommender: arrays in, arrays out, no Django."""
