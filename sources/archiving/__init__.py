"""The outside world: everything that talks to other people's servers or reads what they sent.

No models and no settings in here. The caller passes `Limits` and a list of named exceptions in, and gets frozen
values back; see http_engine.capture, the one door.
"""
