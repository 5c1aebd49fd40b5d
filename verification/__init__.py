"""Is it so: claims, evidence with its chain, reviews, verdicts."""
