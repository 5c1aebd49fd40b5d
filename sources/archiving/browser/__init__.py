"""Pages as a browser shows them: with everything they load, run, and a picture.

The browser reaches the world through one door only, a proxy of ours (`proxy.py`, `relay.py`) that asks the guard about
every request and keeps every byte (`recording.py`). `program.py` starts it, `cdp.py` talks to it, `visit.py` shows it
one page, `engine.py` makes a capture of that.
"""
