"""What this room says to people, made where languages are known."""
