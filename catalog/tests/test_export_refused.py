"""What is no export, or only the beginning of one: it is told with the line and the reason."""

import gzip

import pytest

from catalog.sync.export_lines import NotAnExport
from catalog.tests.exports import ids, lines, read, text

pytestmark = pytest.mark.embedded

MANY = range(1, 30_001)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "it is empty"),
        (gzip.compress(b""), "it is empty"),
        (b"\n\n\n", "it is empty"),
        (b"<!DOCTYPE html>\n<html><head><title>Sorry</title></head></html>\n", "line 1: no JSON: '<!DOCTYPE html>'"),
        (b'[{"id": 1}, {"id": 2}]\n', "line 1: no JSON object: '[{"),
        (b'[\n{"id": 1},\n{"id": 2}\n]\n', "line 1: no JSON"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, "line 1: no JSON: "),
        (b"PK\x03\x04" + b"\0" * 1000, "line 1: the file ends in the middle of it"),
        (text([b"nonsense"] * 10 + lines(range(1, 100))), "line 1: no JSON: 'nonsense'"),
        (text([b"{}", b"[]"]), "line 1: its id is"),
        (gzip.compress(text(lines(range(1, 9))))[:12], "line 1: the file ends in the middle of its gzip stream"),
        (b"\x1f\x8b and no gzip", "line 1: the gzip stream is damaged"),
        ('{"id": 1}\n'.encode("utf-16"), "line 1: no JSON: "),
    ],
    ids=[
        *("empty", "packed nothing", "blank", "HTML", "list", "list in lines", "picture", "zip", "ten bad lines"),
        *("all bad", "ends at once", "no gzip", "UTF-16"),
    ],
)
def test_what_is_no_export_is_refused_with_the_line_and_the_reason(content, told):
    with pytest.raises(NotAnExport) as fault:
        read(content)
    assert told in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_few_bad_lines_at_the_beginning_are_no_reason_to_refuse():
    export, rows = read(text([b"nonsense"] * 9 + lines([1, 2])))
    assert ids(rows) == [1, 2]
    assert export.malformed == 9


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_what_comes_before_the_cut_is_given_and_the_line_is_told(packed):
    whole = text(lines(MANY))
    content = gzip.compress(whole) if packed else whole
    export, rows = read(content[: len(content) // 2])
    assert ids(rows) == list(range(1, len(rows) + 1))
    assert len(MANY) / 3 < len(rows) < len(MANY)
    assert export.cut.startswith(f"line {len(rows) + 1}: the file ends in the middle of it")
    assert export.malformed == 0


def test_a_damaged_stream_is_told():
    content = bytearray(gzip.compress(text(lines(MANY))))
    content[-6] ^= 0xFF
    export, rows = read(bytes(content))
    assert ids(rows) == list(range(1, len(rows) + 1))
    assert len(rows) > len(MANY) / 2
    assert "the gzip stream is damaged" in export.cut


def test_something_else_behind_the_stream_is_damage():
    export, rows = read(gzip.compress(text(lines([1, 2]))) + b"trailing")
    assert ids(rows) == [1, 2]
    assert "the gzip stream is damaged" in export.cut
