"""The broker on Redis: kombu's transport, made so that a worker outlives a Redis which goes away while it is at a task.

Celery drops the broken connection, and its channels then try to give their messages back. kombu's looks for the address
at a connection that is gone, and fails in a way that Celery does not expect and ends the worker for. As a failed
connection it is expected: the worker connects anew, and Redis gives the messages back by itself.
"""

from typing import Any

from kombu.transport import redis


class Channel(redis.Channel):
    def _connparams(self, *args: Any, **options: Any) -> dict[str, Any]:
        if self.connection.client is None:
            raise ConnectionError("the connection to Redis has been dropped")
        return super()._connparams(*args, **options)


class Transport(redis.Transport):
    Channel = Channel
