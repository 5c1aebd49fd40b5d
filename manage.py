#!/usr/bin/env python
"""Django's command line. Any command works on its own: it starts or finds the embedded engines (config/embedded.py)."""

import os
import sys

NEED_NO_ENGINE = {
    "collectstatic",
    "makemessages",
    "compilemessages",
    "help",
    "version",
    "--help",
    "--version",
    "engines",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from config import embedded

    if len(sys.argv) > 1 and sys.argv[1] not in NEED_NO_ENGINE:
        embedded.use(settings.VAR_DIR)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
