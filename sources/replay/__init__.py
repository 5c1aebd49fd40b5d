"""Archived pages are played from an origin of their own, by a program of its own (config/replay_wsgi.py).

A page that somebody else wrote runs there with its scripts. It must find nothing of the desk: no session, no cookie,
no database, no application. So nothing here may import models or know who asks; whoever comes with an address that the
application signed was let in by the application.
"""
