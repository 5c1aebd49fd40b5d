"""`python -m config.keys` prints new keys, ready for an environment file."""

import secrets
import sys

from cryptography.fernet import Fernet

if __name__ == "__main__":
    sys.stdout.write(f"SECRET_KEY={secrets.token_urlsafe(64)}\nTOTP_KEY={Fernet.generate_key().decode()}\n")
