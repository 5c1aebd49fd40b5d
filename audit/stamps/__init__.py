"""That something was there before a certain time, said by somebody else than us.

A digest goes out, a receipt comes back, is verified before it is believed, and is kept whole, so that anybody can
verify it again without us and without the network. Two customers: captures (`sources`) and checkpoints of the ledger.

This room may not talk to the outside. What it wants asked goes through `audit.stamps.outgoing`, which a room above
connects to the guarded way out.
"""
