"""Settings of a test run: the product's own, on a throw-away cluster, one database and one broker per pytest process.

Two runs may go side by side: what they share is only read (the template databases of tests/engines.py).
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("ISNAD_VAR", str(ROOT / "var" / "test"))

from config import embedded  # noqa: E402
from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, VAR_DIR  # noqa: E402

# Children of a run (a worker, a web server) are told its name; the run itself is named after its process.
RUN = os.environ.get("ISNAD_TEST_RUN", str(os.getpid()))
DATABASES["default"] |= {"NAME": f"isnad_test_{RUN}", "CONN_MAX_AGE": 0}
if not os.environ.get("REDIS_URL"):
    REDIS_URL = f"redis+socket://{embedded.sockets(VAR_DIR)}/valkey-{RUN}.sock"

ARCHIVE_ROOT = os.environ.get("ISNAD_TEST_ARCHIVE", str(VAR_DIR / f"archive-{RUN}"))
# Hashing a password is meant to be slow; a test has nothing to protect.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Most tests are about what happens around a capture; those about the browser ask for it by name.
CAPTURE_ENGINE = "HTTP"
