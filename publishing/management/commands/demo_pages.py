from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from publishing.demo.server import NotLoopback, serve


class Command(BaseCommand):
    help = "Serve the demo's pages on ISNAD_DEMO_PAGES (127.0.0.1:8123) for the demo's captures. Ctrl-C stops it."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        host, _, port = settings.ISNAD_DEMO_PAGES.rpartition(":")
        try:
            server = serve(host.strip("[]"), int(port))
        except NotLoopback as error:
            raise CommandError(
                f"ISNAD_DEMO_PAGES names {error}, which is no loopback address: use 127.0.0.1."
            ) from error
        except (ValueError, OverflowError) as error:
            raise CommandError(f"ISNAD_DEMO_PAGES is no address and port, such as 127.0.0.1:8123: {error}") from error
        except OSError as error:
            raise CommandError(f"{settings.ISNAD_DEMO_PAGES}: {error.strerror}. Choose another port.") from error
        with server:
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                pass
