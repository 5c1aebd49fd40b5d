"""Settings of the replay program: the application's, less all that an archived page must not find.

There are no sessions and no cookies, no application, and no database: had a page a way to ask for one, there is none.
"""

from urllib.parse import urlsplit

from config.settings import *  # noqa: F403
from config.settings import LOGGING, REPLAY_ORIGIN, TEMPLATES

DEBUG = False  # its pages of errors tell everything, and an archived page could read them
INSTALLED_APPS = []
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "sources.replay.headers.ReplayHeaders"]
ROOT_URLCONF = "sources.replay.urls"
DATABASES = {}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
TEMPLATES = [TEMPLATES[0] | {"APP_DIRS": False, "OPTIONS": {}}]
ALLOWED_HOSTS = [(urlsplit(REPLAY_ORIGIN).hostname or "").removeprefix("*")]
# An archived page's requests that miss the archive end up here, with its addresses in them: nothing for a log.
LOGGING = LOGGING | {"loggers": {"django.request": {"level": "ERROR"}}}
