"""`manage.py check --deploy` as a production machine would run it, any warning counting as a failure."""

import base64
import os
import secrets
import subprocess
import sys

from cryptography.fernet import Fernet

PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "a key of more than fifty characters, with sixteen or more different ones",
    "TOTP_KEY": Fernet.generate_key().decode(),
    "CAPTURE_KEY": base64.b64encode(secrets.token_bytes(48)).decode(),
    "LEDGER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
    "LEDGER_NAME": "desk.example.org/ledger",
    "ALLOWED_HOSTS": "desk.example.org",
    "REPLAY_ORIGIN": "https://*.replay.example.net",
    # Named, so that no engine is started: the check asks neither of them.
    "DATABASE_URL": "postgresql://isnad@database.example.org/isnad",
    "REDIS_URL": "redis://broker.example.org/0",
}

if __name__ == "__main__":
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    unset = {name: value for name, value in os.environ.items() if not name.startswith("ISNAD_")}
    sys.exit(subprocess.run(command, env=unset | PRODUCTION, check=False).returncode)
