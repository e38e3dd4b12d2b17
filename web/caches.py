"""The shared cache in Redis, without which everything still answers."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django_redis.cache import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from web.circuit import Circuit

AWAY = (RedisError, OSError)


@lru_cache
def _circuit(server: str) -> Circuit:
    """One for each server, since Django makes a cache object for each thread."""
    return Circuit("redis for the cache")


def _guarded(name: str, miss: Callable[..., Any]) -> Callable[..., Any]:
    operation = getattr(RedisCache, name)

    @wraps(operation)
    def guarded(self: "GuardedRedisCache", *args: Any, **kwargs: Any) -> Any:
        circuit = self.circuit
        if not circuit.allows():
            return miss(*args, **kwargs)
        try:
            answer = operation(self, *args, **kwargs)
        except AWAY as fault:
            circuit.failed(fault)
            return miss(*args, **kwargs)
        circuit.succeeded()
        return answer

    return guarded


def _default(key: str, default: Any = None, *args: Any, **kwargs: Any) -> Any:
    return default


def _absent(key: str, *args: Any, **kwargs: Any) -> None:
    raise ValueError(f"Key '{key}' not found")  # Django's word for counting what is not there


class GuardedRedisCache(RedisCache):
    """django-redis, which answers at once while Redis is away, as an empty cache that keeps nothing would.

    So `add` says yes: whoever asks for a lock may go on.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = params.setdefault("OPTIONS", {})
        pool = options.setdefault("CONNECTION_POOL_KWARGS", {})
        pool.setdefault("retry", Retry(NoBackoff(), 0))  # redis-py's own holds the caller for seconds
        super().__init__(server, params)
        self.circuit = _circuit(str(server))

    def ping(self) -> None:
        """Asks Redis itself, whatever is known of it. Raises `RedisError` when it is away."""
        self.client.get_client().ping()

    get = _guarded("get", _default)
    get_many = _guarded("get_many", lambda *args, **kwargs: {})
    add = _guarded("add", lambda *args, **kwargs: True)
    set = _guarded("set", lambda *args, **kwargs: False)
    set_many = _guarded("set_many", lambda data, *args, **kwargs: list(data))
    touch = _guarded("touch", lambda *args, **kwargs: False)
    has_key = _guarded("has_key", lambda *args, **kwargs: False)
    delete = _guarded("delete", lambda *args, **kwargs: False)
    delete_many = _guarded("delete_many", lambda *args, **kwargs: 0)
    delete_pattern = _guarded("delete_pattern", lambda *args, **kwargs: 0)
    clear = _guarded("clear", lambda *args, **kwargs: False)
    keys = _guarded("keys", lambda *args, **kwargs: [])
    ttl = _guarded("ttl", lambda *args, **kwargs: 0)
    expire = _guarded("expire", lambda *args, **kwargs: False)
    incr = _guarded("incr", _absent)
    decr = _guarded("decr", _absent)
    incr_version = _guarded("incr_version", _absent)
