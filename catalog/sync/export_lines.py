"""The lines of TMDB's daily export of ids, piece by piece: no file is too long for the memory, and no line of it."""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple

import orjson

from catalog.sync.parsing import values
from catalog.sync.parsing.values import LARGEST

GZIP = b"\x1f\x8b"
GZIP_BITS = 31
BOM = b"\xef\xbb\xbf"
PIECE, BLOCK = 1 << 18, 1 << 20
LONGEST_LINE = 1 << 20
TOO_LONG = f"it is longer than {LONGEST_LINE:,} bytes"
LONGEST_TITLE = 500
# TMDB's own has an eighth of a gigabyte. What is longer by so much was made to be unpacked without end.
LARGEST_EXPORT = 4 << 30
# A file that begins with so many malformed lines, and not one sound one, is something else.
FIRST_LINES = 10
SHOWN = 60


class ExportRow(NamedTuple):
    """What one line says of a film; the title is empty where it says none."""

    tmdb_id: int
    title: str
    popularity: float
    is_adult: bool
    is_video: bool


class NotAnExport(Exception):
    """The file is something else; the text says at which line, and why."""


class MalformedLine(ValueError):
    """The line says nothing of a film; the text says why."""


@dataclass
class Export:
    """A file that is being read: what was met in it so far. `cut` says where it ends too early, if it does."""

    file: BinaryIO
    lines: int = 0
    sound: int = 0
    malformed: int = 0
    first_malformed: str = ""
    cut: str = ""

    def rows(self) -> Iterator[list[ExportRow]]:
        """The rows of one block of lines after the other. Raises NotAnExport before it has given any."""
        for lines in self._lines():
            if rows := self._read(lines):
                self.sound += len(rows)
                yield rows
        if not self.sound:
            raise NotAnExport(self.first_malformed or self.cut or "it is empty")

    def _lines(self) -> Iterator[list[bytes]]:
        """Whole lines. One that is too long is cut, and stays too long; one that has no end is given if it is sound."""
        rest, is_first = b"", True
        for block in self._blocks():
            lines = (rest + (block.removeprefix(BOM) if is_first else block)).split(b"\n")
            rest, is_first = lines.pop()[: LONGEST_LINE + 1], False
            if len(rest) > LONGEST_LINE and not self.sound:
                lines.append(rest)
            yield lines
        if rest.strip() and not self.cut:
            if self._is_sound(rest):
                yield [rest]
            else:
                self.cut = f"line {self.lines + 1}: the file ends in the middle of it"

    def _blocks(self) -> Iterator[bytes]:
        size = 0
        try:
            for block in pieces(self.file):
                size += len(block)
                if size > LARGEST_EXPORT:
                    self.cut = f"line {self.lines + 1}: no export has more than {LARGEST_EXPORT:,} bytes"
                    return
                yield block
        except EOFError:
            self.cut = f"line {self.lines + 1}: the file ends in the middle of its gzip stream"
        except zlib.error as fault:
            self.cut = f"line {self.lines + 1}: the gzip stream is damaged ({fault})"

    def _read(self, lines: list[bytes]) -> list[ExportRow]:
        rows: list[ExportRow] = []
        for number, line in enumerate(lines, self.lines + 1):
            try:
                rows.append(read_line(line))
            except MalformedLine as fault:
                if line.strip():
                    self._complain(f"line {number}: {fault}", is_refused=not rows and not self.sound)
        self.lines += len(lines)
        return rows

    def _complain(self, told: str, *, is_refused: bool) -> None:
        self.malformed += 1
        self.first_malformed = self.first_malformed or told
        if is_refused and (self.malformed >= FIRST_LINES or told.endswith(TOO_LONG)):
            raise NotAnExport(self.first_malformed)

    @staticmethod
    def _is_sound(line: bytes) -> bool:
        try:
            read_line(line)
        except MalformedLine:
            return False
        return True


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """The file's bytes, unpacked where its first two say that it is gzip, whatever its name says.

    Raises EOFError where the stream ends too early, `zlib.error` where it is damaged.
    """
    first = file.read(PIECE)
    rest = iter(lambda: file.read(PIECE), b"")
    yield from _unpacked(first, rest) if first.startswith(GZIP) else _plain(first, rest)


def _plain(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    if first:
        yield first
        yield from rest


def _unpacked(packed: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """A block at a time, however much is packed into a few bytes; several streams in one file follow each other."""
    stream = zlib.decompressobj(GZIP_BITS)
    while packed := packed or next(rest, b""):
        if stream.eof:
            # Padding after the end is nothing; anything else begins another stream.
            if not (packed := packed.lstrip(b"\0")):
                continue
            stream = zlib.decompressobj(GZIP_BITS)
        yield stream.decompress(packed, BLOCK)
        packed = stream.unused_data if stream.eof else stream.unconsumed_tail
    if not stream.eof:
        raise EOFError


def read_line(line: bytes) -> ExportRow:
    """What the line says. Raises MalformedLine."""
    if len(line) > LONGEST_LINE:
        raise MalformedLine(TOO_LONG)
    try:
        film = orjson.loads(line)
    except orjson.JSONDecodeError:
        film = _read_leniently(line)
    if type(film) is not dict:
        raise MalformedLine(f"no JSON object: {_shown(line)}")
    movie_id, popularity = film.get("id"), film.get("popularity")
    if type(movie_id) is not int or not 0 < movie_id <= LARGEST:
        raise MalformedLine(f"its id is {str(movie_id)[:SHOWN]!r}, and no number from 1 to {LARGEST}")
    if type(popularity) not in {float, int} or not 0 <= popularity < float("inf"):
        raise MalformedLine(f"its popularity is {str(popularity)[:SHOWN]!r}, and no number from 0")
    title = _title(film.get("original_title"))
    return ExportRow(movie_id, title, float(popularity), film.get("adult") is True, film.get("video") is True)


def _title(told: Any) -> str:
    if type(told) is not str:
        raise MalformedLine(f"its original_title is {str(told)[:SHOWN]!r}, and no text")
    # Nearly every title is on one line as it is, and to look at it is cheaper than to make it so.
    if told.isprintable() and len(told) <= LONGEST_TITLE and told[:1] != " " != told[-1:] and "  " not in told:
        return told
    return values.line(told)


def _read_leniently(line: bytes) -> Any:
    """What orjson is too strict for: half a character written as an escape, which spoils a title and no more."""
    try:
        return json.loads(line.decode())
    except (ValueError, RecursionError) as fault:
        raise MalformedLine(f"no JSON: {_shown(line)}") from fault


def _shown(line: bytes) -> str:
    return repr(line[:SHOWN].decode(errors="replace"))
