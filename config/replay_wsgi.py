"""What the replay origin serves: `granian --interface wsgi config.replay_wsgi:application`.

It takes its own settings whatever the environment names: those of the application would answer here with everything.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "config.replay_settings"

application = get_wsgi_application()
