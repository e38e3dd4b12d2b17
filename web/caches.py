"""The shared cache: in Redis, without which everything still answers, or in files."""

import fcntl
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache
from django_redis.cache import RedisCache

from web.redis_link import AWAY, link_to, options

# What depends on this key ends with it. It ends with each time that Redis was away, in which a deletion may have been
# missed, by this process or by another.
ERA = "era"


def _guarded(name: str, miss: Callable[..., Any]) -> Callable[..., Any]:
    operation = getattr(ManyAtOnce, name)

    @wraps(operation)
    def guarded(self: "GuardedRedisCache", *args: Any, **kwargs: Any) -> Any:
        if not self.link.allows():
            return miss(*args, **kwargs)
        try:
            return operation(self, *args, **kwargs)
        except AWAY as fault:
            self.link.failed(fault)
            return miss(*args, **kwargs)

    return guarded


def _default(key: str, default: Any = None, *args: Any, **kwargs: Any) -> Any:
    return default


def _absent(key: str, *args: Any, **kwargs: Any) -> None:
    raise ValueError(f"Key '{key}' not found")  # Django's word for counting what is not there


class FileCache(FileBasedCache):
    """Django's, whose own `add` looks first and writes then: two processes would both be told that they were first."""

    def add(self, key: str, *args: Any, **kwargs: Any) -> bool:
        self._createdir()
        with Path(self._dir, "adding").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # lifted by the system, however its holder ends
            return super().add(key, *args, **kwargs)

    def touch_many(self, keys: Iterable[str], timeout: float) -> None:
        for key in keys:
            self.touch(key, timeout)


class ManyAtOnce(RedisCache):
    """django-redis, which sends what is asked of many keys together: an answer each would be most of the time."""

    def touch_many(self, keys: Iterable[str], timeout: float) -> None:
        together = self.client.get_client(write=True).pipeline(transaction=False)
        for key in keys:
            self.client.touch(key, timeout, client=together)
        together.execute()


class GuardedRedisCache(ManyAtOnce):
    """django-redis, which answers at once while Redis is away, as an empty cache that keeps nothing would.

    So `add` says yes: whoever asks for a lock may go on.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        params.setdefault("OPTIONS", {})["CONNECTION_POOL_KWARGS"] = options()
        super().__init__(server, params)
        self.link = link_to(str(server))
        self.link.before_return[f"the era of {self.key_prefix}"] = self._end_era

    def _end_era(self) -> None:
        super().delete(ERA)

    def ping(self) -> None:
        """Asks Redis itself, whatever is known of it. Raises `RedisError` when it is away."""
        self.client.get_client().ping()

    get = _guarded("get", _default)
    get_many = _guarded("get_many", lambda *args, **kwargs: {})
    add = _guarded("add", lambda *args, **kwargs: True)
    set = _guarded("set", lambda *args, **kwargs: False)
    set_many = _guarded("set_many", lambda data, *args, **kwargs: list(data))
    touch = _guarded("touch", lambda *args, **kwargs: False)
    touch_many = _guarded("touch_many", lambda *args, **kwargs: None)
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
