"""Celery's options. PostgreSQL is the queue of truth; the broker may be emptied, doubled or down at any time.

A message carries ids only and does no more than wake a worker. Work that was lost on the way is found again by a sweep
(`settings.BEAT_SCHEDULE`), so no option here has to promise more than Redis can keep.
"""

from django.conf import settings
from kombu import Exchange, Queue

broker_url = settings.REDIS_URL

# The browser and its memory stay away from the rest: a capture worker reads one queue, the others the other.
# Each queue has its own routing key: left to the default, both would be bound to one key and get every message.
task_queues = [Queue(name, Exchange("isnad", type="direct"), routing_key=name) for name in ("default", "capture")]
task_default_queue = "default"
# A misspelt queue name is an error, and not a queue that nobody reads.
task_create_missing_queues = False

# Nothing but JSON is ever decoded: whoever can write to the broker must not be able to run code in a worker.
task_serializer = event_serializer = "json"
accept_content = ["json"]

# Acknowledged when done: a worker that is killed with a task in hand gives it back.
task_acks_late = True
task_reject_on_worker_lost = True
# With late acknowledgement a fetched message is out of reach of idle workers, so each process fetches one.
worker_prefetch_multiplier = 1

# A task past its hard limit is killed; a message unacknowledged for longer than that has surely lost its worker.
# The other way round, Redis would hand a task that is still running to a second worker.
task_soft_time_limit = 540
task_time_limit = 600
broker_transport_options = {"visibility_timeout": 900, "socket_timeout": 10, "socket_connect_timeout": 2}

# What a task found out stands in its row; a second place for results would only be a second thing to protect.
result_backend = None
task_ignore_result = True

# A page never waits for a broker that is down: the row is committed, and the sweep will publish it again. One retry,
# at once, is for a connection left in the pool from before the broker was restarted.
task_publish_retry_policy = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}

# A worker started before its broker waits for it, and one that lost its broker comes back to it.
broker_connection_retry_on_startup = True
broker_connection_max_retries = None
# Whether a task survived the loss of the connection cannot be known, and it is about to be handed out again.
worker_cancel_long_running_tasks_on_connection_loss = True

# Arguments are ids, and even those are nobody's business in a log.
worker_redirect_stdouts = False

task_routes = settings.TASK_ROUTES
timezone = "UTC"
beat_schedule = settings.BEAT_SCHEDULE
beat_schedule_filename = str(settings.VAR_DIR / "celerybeat-schedule")
