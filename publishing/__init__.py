"""What leaves the house: the case format in and out."""
