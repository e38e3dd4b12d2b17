"""The embedded broker: messages as files in a folder, by kombu's transport, made safe to kill at any moment.

kombu's own writes a message in place, where a reader may find half of it, and deletes it before its task is done. Here
a file appears whole or not at all, a message that cannot be read is put aside, and one that was taken stays until it
is acknowledged, so that `restore` can give it back after its worker was killed.
"""

import fcntl
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

import structlog
from kombu.transport import filesystem
from kombu.utils.json import dumps

from config import messages
from config.data_folder import make_folder

UNFINISHED, TAKEN, BROKEN = ".unfinished", ".taken", ".broken"
log = structlog.get_logger(__name__)


class Channel(filesystem.Channel):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.unacknowledged: dict[str, Path] = {}

    def _put(self, queue: str, payload: dict[str, Any], **options: Any) -> None:
        """Writes under a name that no reader looks for first: a rename is whole or not at all."""
        name = f"{time.time_ns()}_{uuid.uuid4().hex}.{queue}.msg"
        write_whole(Path(self.data_folder_out, name), dumps(payload))

    def _get(self, queue: str) -> dict[str, Any]:
        for path in sorted(Path(self.data_folder_in).glob(f"*.{queue}.msg")):
            taken = path.with_name(path.name + TAKEN)
            try:
                path.rename(taken)
            except FileNotFoundError:
                continue  # another worker was faster
            payload = read(taken)
            if payload:
                # Two files of one tag would be one message, and the second never done with.
                payload["properties"]["delivery_tag"] = taken.name
                self.unacknowledged[taken.name] = taken
                return payload
        raise Empty

    def get_table(self, exchange: str) -> list[filesystem.exchange_queue_t]:
        """Which queues an exchange has. A table that cannot be read is none: each process writes its rows again."""
        try:
            return super().get_table(exchange)
        except (ValueError, TypeError) as fault:
            log.error("broker_table_unreadable", exchange=exchange, fault=str(fault))
            return []

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """As kombu's, which leaves an empty table behind when it is killed between opening and writing."""
        row = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        file = self._exchange_file(exchange)
        make_folder(self.control_folder)
        with locked(self.control_folder / "lock"):
            table = self.get_table(exchange)
            if row not in table:
                write_whole(file, dumps([row, *table]))

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        super().basic_ack(delivery_tag, multiple=multiple)
        self._done_with(delivery_tag)

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        super().basic_reject(delivery_tag, requeue=requeue)
        self._done_with(delivery_tag)

    def _restore(self, message: Any) -> None:
        """At a quiet end, kombu itself puts back what was not done."""
        super()._restore(message)
        self._done_with(message.delivery_tag)

    def _done_with(self, delivery_tag: str) -> None:
        taken = self.unacknowledged.pop(delivery_tag, None)
        if taken:
            taken.unlink(missing_ok=True)

    def _size(self, queue: str) -> int:
        return sum(1 for _ in Path(self.data_folder_in).glob(f"*.{queue}.msg"))

    def _purge(self, queue: str) -> int:
        messages = list(Path(self.data_folder_in).glob(f"*.{queue}.msg"))
        for path in messages:
            path.unlink(missing_ok=True)
        return len(messages)


class Transport(filesystem.Transport):
    Channel = Channel
    # A folder has no host, and kombu would warn that it took one for granted.
    default_connection_params: dict[str, Any] = {}


def read(path: Path) -> dict[str, Any] | None:
    """The message, or None where it is none: then it is kept beside, and said."""
    try:
        return messages.read(path)
    except messages.NoMessageError as fault:
        aside = path.with_name(path.name.removesuffix(TAKEN) + BROKEN)
        if aside.exists():
            aside = aside.with_name(f"{uuid.uuid4().hex}.{aside.name}")
        path.rename(aside)
        log.error("message_unreadable", file=aside.name, fault=str(fault))
        return None


def write_whole(path: Path, text: str) -> None:
    """Writes the file, for its owner alone, so that readers find it whole or not at all."""
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}{UNFINISHED}")
    unfinished.touch(mode=0o600)
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Waits until no other process holds the lock; the kernel takes it from one that is killed."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def restore(folder: Path) -> int:
    """Gives back what a killed worker had taken; only while no worker runs on the folder. Returns how many."""
    taken = list(folder.glob(f"*{TAKEN}"))
    for path in taken:
        path.replace(path.with_name(path.name.removesuffix(TAKEN)))
    return len(taken)
