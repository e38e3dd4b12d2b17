"""What this process knows of a Redis server: one knowledge for all that it is used for, so that one of them waits once.

After the first call that fails nobody's request tries again. A thread asks the server until it answers, and only then
is it used again. So a server that hangs costs those who were at it half a second, and nobody after them.
"""

import time
from collections.abc import Callable
from functools import lru_cache
from threading import Lock, Thread

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

AWAY = (RedisError, OSError)
PAUSE = 2.0
# For a connection, and for each answer.
PATIENCE = 0.5
log = structlog.get_logger("web.redis_link")


class RedisLink:
    """`allows` says whether to use the server now; who meets a fault there tells `failed`."""

    def __init__(self, server: Redis) -> None:
        self.server = server
        # What is to be done before the server is used again, by name; a fault in it is one of the server's.
        self.before_return: dict[str, Callable[[], object]] = {}
        self._is_away = False
        self._lock = Lock()

    def allows(self) -> bool:
        return not self._is_away

    def failed(self, fault: Exception) -> None:
        with self._lock:
            was_away, self._is_away = self._is_away, True
        if not was_away:
            log.error("dependency_away", dependency="redis", reason=type(fault).__name__)
            Thread(target=self._watch, name="redis-link", daemon=True).start()

    def _watch(self) -> None:
        while True:
            time.sleep(PAUSE)
            try:
                self.server.ping()
                for do in list(self.before_return.values()):
                    do()
            except AWAY:
                continue
            self._is_away = False
            log.warning("dependency_back", dependency="redis")
            return


def options() -> dict[str, object]:
    """How a client of Redis is made that gives up soon; redis-py's own retries hold the caller for seconds."""
    return {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE, "retry": Retry(NoBackoff(), 0)}


@lru_cache
def link_to(url: str) -> RedisLink:
    """This process's one link to the server."""
    return RedisLink(Redis.from_url(url, **options()))
