"""`python -m config.keys` prints new keys, ready for an environment file."""

import base64
import secrets
import sys

from cryptography.fernet import Fernet

if __name__ == "__main__":
    sys.stdout.write(f"SECRET_KEY={secrets.token_urlsafe(64)}\n")
    sys.stdout.write(f"TOTP_KEY={Fernet.generate_key().decode()}\n")
    sys.stdout.write(f"LEDGER_KEY={base64.b64encode(secrets.token_bytes(32)).decode()}\n")
