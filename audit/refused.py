"""django-simple-history brings commands that delete or invent history. Here nothing does."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

COMMANDS = ("clean_old_history", "clean_duplicate_history", "populate_history")


class Refused(BaseCommand):
    """Takes whatever arguments the original took, and does nothing."""

    help = "Refused: history is written by acts, and neither deleted nor made up."

    def run_from_argv(self, argv: list[str]) -> None:
        super().run_from_argv(argv[:2])

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("anything", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError("History is written by acts, and neither deleted nor made up. Nothing was changed.")
