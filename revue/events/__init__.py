"""What was watched: append-only, partitioned by day, with counters."""
