"""What a file server does with a request for a part of a file, or for one that has changed (RFC 9110)."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace

from catalog.tmdb.standin.replies import Reply

FROM = re.compile(r"bytes=(\d+)-")


def as_file(reply: Reply, headers: Mapping[str, str]) -> Reply:
    """The reply with its validator; as a part, or as nothing new, where the request's headers ask for that."""
    if reply.status != 200:
        return reply
    etag = f'"{hashlib.blake2b(reply.body, digest_size=8).hexdigest()}"'
    told = (("ETag", etag), ("Accept-Ranges", "bytes"))
    if headers.get("If-None-Match") == etag:
        return replace(reply, status=304, body=b"", headers=told)
    asked = FROM.fullmatch(headers.get("Range", ""))
    if asked is None or headers.get("If-Range", etag) != etag:
        return replace(reply, headers=told)
    size, first = len(reply.body), int(asked[1])
    if first >= size:
        return replace(reply, status=416, body=b"", headers=(*told, ("Content-Range", f"bytes */{size}")))
    part = ("Content-Range", f"bytes {first}-{size - 1}/{size}")
    return replace(reply, status=206, body=reply.body[first:], headers=(*told, part))
