"""What was done: acts, row history, as-of reading."""
