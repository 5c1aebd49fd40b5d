"""Is the installation alive? Asked by load balancers, by containers and by whoever just typed `make run`."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from config.celery import app

PATIENCE = 1.0  # seconds a part may take to answer


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all parts answer, else 503; the body names each: `{"database": "ok", "broker": "silent", ...}`."""
    answers = parts()
    said = {part: "ok" if answered else "silent" for part, answered in answers.items()}
    return JsonResponse(said, status=200 if all(answers.values()) else 503)


def parts() -> dict[str, bool]:
    """Which parts answer now. Takes three seconds at the very most, and hundredths of one when all is well."""
    broker, worker = _broker_and_worker_answer()
    return {"database": _database_answers(), "broker": broker, "worker": worker}


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_and_worker_answer() -> tuple[bool, bool]:
    """On a connection of its own: a pooled one may be left from a broker that is no more."""
    with app.connection_for_write(connect_timeout=PATIENCE) as broker:
        try:
            broker.ensure_connection(max_retries=0, timeout=PATIENCE)
            # A round trip to a worker's main loop, which answers while its processes are busy; the first one suffices.
            return True, bool(app.control.ping(timeout=PATIENCE, limit=1, connection=broker))
        except (OperationalError, *broker.connection_errors):
            return False, False
