"""Wires the rooms together; imported by none of them."""
