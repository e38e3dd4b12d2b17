"""The embedded broker: messages as files in a folder, by kombu's transport, made safe to kill at any moment.

kombu's own writes a message in place, where a reader may find half of it, and deletes it before its task is done. Here
a file appears whole or not at all, a message that cannot be read is put aside, and one that was taken stays until it
is acknowledged, so that `restore` can give it back after its worker was killed.
"""

import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

import structlog
from kombu.transport import filesystem
from kombu.utils.encoding import bytes_to_str
from kombu.utils.json import dumps, loads

UNFINISHED, TAKEN, BROKEN = ".unfinished", ".taken", ".broken"
log = structlog.get_logger(__name__)


class Channel(filesystem.Channel):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.unacknowledged: dict[str, Path] = {}

    def _put(self, queue: str, payload: dict[str, Any], **options: Any) -> None:
        """Writes under a name that no reader looks for first: a rename is whole or not at all."""
        name = f"{time.time_ns()}_{uuid.uuid4().hex}.{queue}.msg"
        unfinished = Path(self.data_folder_out, name + UNFINISHED)
        unfinished.write_text(dumps(payload), encoding="utf-8")
        unfinished.rename(Path(self.data_folder_out, name))

    def _get(self, queue: str) -> dict[str, Any]:
        for path in sorted(Path(self.data_folder_in).glob(f"*.{queue}.msg")):
            taken = path.with_name(path.name + TAKEN)
            try:
                path.rename(taken)
            except FileNotFoundError:
                continue  # another worker was faster
            payload = read(taken)
            if payload:
                self.unacknowledged[payload["properties"]["delivery_tag"]] = taken
                return payload
        raise Empty

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


def read(path: Path) -> dict[str, Any] | None:
    """The message, or None where it is none: then it is kept beside, and said."""
    try:
        payload = loads(bytes_to_str(path.read_bytes()))
        payload["properties"]["delivery_tag"]
    except (ValueError, TypeError, KeyError) as fault:
        aside = path.with_name(path.name.removesuffix(TAKEN) + BROKEN)
        path.rename(aside)
        log.error("message_unreadable", file=aside.name, fault=str(fault))
        return None
    return payload


def restore(folder: Path) -> int:
    """Gives back what a killed worker had taken; only while no worker runs on the folder. Returns how many."""
    taken = list(folder.glob(f"*{TAKEN}"))
    for path in taken:
        path.replace(path.with_name(path.name.removesuffix(TAKEN)))
    return len(taken)
