"""The web server: a few processes of a few threads, the same in the demo and in production."""

import gc
import os
from typing import Any

os.environ.setdefault("STATEMENT_SECONDS", "30")  # of one query, in these processes only

wsgi_app = "desabinaan.wsgi:application"
bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))  # at most DATABASE_POOL, or threads wait
timeout = 60  # an upload of 10 MB over a weak signal ends at the proxy, not here
graceful_timeout = 8
max_requests = 10_000  # a leak in a library never grows for long
max_requests_jitter = 1_000
control_socket_disable = True
loglevel = "warning"


def post_worker_init(_worker: Any) -> None:
    """Leave all that lives as long as the process out of every search for garbage.

    Some hundred thousand objects of Django and the portal, else looked at again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
