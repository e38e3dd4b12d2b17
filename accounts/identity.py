"""Who holds a session or a key: known from the shared cache in one look-up, and read from the database once a minute.

What ends is written into the cache, not taken from it: a reader who had just found it alive would put it back.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import transaction

from accounts.models import User
from web.identified import forget_callers

KEPT_SECONDS = 60
ENDED = "ended"
# All but the hash of the password, which nobody needs who is signed in already.
COLUMNS = [field.attname for field in User._meta.concrete_fields if field.attname != "password"]
# A process of another version must not read these columns as its own.
_version = hashlib.blake2b(" ".join(COLUMNS).encode(), digest_size=4).hexdigest()


def member_key(user_id: int) -> str:
    return f"member:{_version}:{user_id}"


def holder_of(key: str, user_id: int, read: Callable[[], Any]) -> tuple[Any, User] | None:
    """What is kept under the key, and the member whose it is; None when it ended, or they may not sign in.

    `read` gives what is to be kept, which is true, or None where there is no such thing.
    """
    held = cache.get_many([key, member_key(user_id)])
    thing = held.get(key) or _kept(key, read() or ENDED)
    if thing == ENDED:
        return None
    values = held.get(member_key(user_id)) or _kept(member_key(user_id), _columns_of(user_id))
    if values == ENDED:
        return None
    return thing, User.from_db("default", COLUMNS, values)


def tell_ended(*keys: str) -> None:
    """Ends these at once, in every process, when the transaction is through."""
    if keys:
        transaction.on_commit(lambda: _tell(dict.fromkeys(keys, ENDED)))


def tell_changed(user: User) -> None:
    """Lets every process know the member as they are now, when the transaction is through."""
    transaction.on_commit(lambda: _tell({member_key(user.pk): _columns_of(user.pk)}))


def _tell(news: dict[str, Any]) -> None:
    cache.set_many(news, KEPT_SECONDS)
    forget_callers()


def _kept(key: str, value: Any) -> Any:
    """Keeps it, unless something newer has been put there since it was looked for."""
    return value if cache.add(key, value, KEPT_SECONDS) else cache.get(key, value)


def _columns_of(user_id: int) -> tuple | str:
    return User.objects.filter(pk=user_id, is_active=True).values_list(*COLUMNS).first() or ENDED
