"""Who works here: people, cases, membership, policies, permits."""
