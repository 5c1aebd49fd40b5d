from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config import embedded


class Command(BaseCommand):
    help = "Stop the embedded PostgreSQL and Valkey. Every other command starts them when it needs them."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["stop"])

    def handle(self, *args: Any, **options: Any) -> None:
        embedded.stop(settings.VAR_DIR)
        self.stdout.write(f"The embedded engines under {settings.VAR_DIR} are stopped.")
