"""What the replay origin serves: `granian --interface wsgi config.replay_wsgi:application`.

It takes its own settings whatever the environment names: those of the application would answer here with everything.
And it is told no secret but the one it checks signatures with, even where the environment holds them.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "config.replay_settings"
os.environ |= dict.fromkeys(("TOTP_KEY", "CAPTURE_KEY", "LEDGER_KEY", "LEDGER_NAME", "MAIL_PASSWORD"), "none")
os.environ |= {"DATABASE_URL": "postgresql://none/none", "REDIS_URL": "redis://none"}

application = get_wsgi_application()
