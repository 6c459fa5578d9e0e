"""What every app stands on and that knows no domain words: jobs, bus, storage, errors, ids, clock."""
