"""Where it came from: sources, derivations, assessments, captures."""
