"""`python -m config.keys` prints new keys, ready for an environment file."""

import base64
import secrets
import sys

from cryptography.fernet import Fernet

if __name__ == "__main__":
    keys = {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "TOTP_KEY": Fernet.generate_key().decode(),
        "CAPTURE_KEY": base64.b64encode(secrets.token_bytes(48)).decode(),
        "LEDGER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    sys.stdout.write("".join(f"{name}={key}\n" for name, key in keys.items()))
