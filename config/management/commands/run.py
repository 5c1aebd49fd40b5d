import io
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from config import env, health
from config.supervisor import EndedError, Supervisor


class Command(BaseCommand):
    help = "Run the whole product here: web server, replay, worker, beat and, for the demo, the pages it archives."

    def handle(self, *args: Any, **options: Any) -> None:
        port = env.number("PORT", 8000)
        self._require_free("127.0.0.1", port, "PORT")
        self._require_free("127.0.0.1", settings.REPLAY_PORT, "REPLAY_PORT")
        try:
            with Supervisor() as crew:
                call_command("migrate", verbosity=0, interactive=False)
                sign_ins = self._demo(crew)
                crew.start("web", [*_GRANIAN, "--port", str(port), "config.wsgi:application"])
                replay = [*_GRANIAN, "--port", str(settings.REPLAY_PORT), "config.replay_wsgi:application"]
                crew.start("replay", replay)
                crew.start("worker", [*_CELERY, "worker", "--queues", "capture,default", "--concurrency", "2", *_ALONE])
                crew.start("beat", [*_CELERY, "beat"])
                ports = (port, settings.REPLAY_PORT)
                crew.wait_for(
                    lambda: all(health.parts().values()) and all(_is_taken("127.0.0.1", each) for each in ports)
                )
                self.stdout.write(f"\nIsnad is running: http://127.0.0.1:{port}/\n{sign_ins}\nCtrl-C stops it.")
                self.stdout.flush()
                crew.watch()
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
        except EndedError as error:
            raise CommandError(str(error)) from error

    def _demo(self, crew: Supervisor) -> str:
        """Load the demo case, serve the pages it archives, and return who can sign in: what `manage.py demo` says."""
        known = get_commands()
        if not settings.ISNAD_DEMO or "demo" not in known:
            return ""
        if "demo_pages" in known:
            host, _, port = settings.ISNAD_DEMO_PAGES.rpartition(":")
            self._require_free(host, int(port), "ISNAD_DEMO_PAGES")
            crew.start("demo pages", [sys.executable, "manage.py", "demo_pages"])
        said = io.StringIO()
        call_command("demo", stdout=said)
        return said.getvalue()

    def _require_free(self, host: str, port: int, variable: str) -> None:
        if _is_taken(host, port):
            raise CommandError(f"Something already listens on {host}:{port}. Choose another with {variable}=…")


_PYTHON = [sys.executable, "-m"]
_CELERY = [*_PYTHON, "celery", "--quiet", "--app", "config"]
# The only worker has no neighbours to look for.
_ALONE = ["--without-mingle", "--without-gossip"]
_GRANIAN = [*_PYTHON, "granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", "4", "--backpressure", "64"]


def _is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0
