"""Reading an export of ids: every line for itself, few of them in memory, and nothing else taken for one."""

import gzip
import tracemalloc
from io import BytesIO

import pytest

from catalog.sync import export_lines
from catalog.sync.export_lines import LONGEST_LINE, Export, ExportRow, MalformedLine, NotAnExport, read_line
from catalog.tests.exports import ids, line, lines, read, text

pytestmark = pytest.mark.embedded

REAL = (
    b'{"adult":false,"id":3924,"original_title":"Blondie","popularity":1.723,"video":false}',
    '{"adult":false,"id":8773,"original_title":"L\'amour à vingt ans","popularity":3.305,"video":false}'.encode(),
)
MANY = range(1, 30_001)


class Endless(BytesIO):
    """Bytes that are made while they are read."""

    def __init__(self, head, piece, times, tail=b""):
        super().__init__()
        self.parts = iter([head, *([piece] * times), tail, b""])

    def read(self, _=-1):
        return next((part for part in self.parts if part), b"")


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_a_real_export_is_read(packed):
    export, rows = read(text(REAL), packed=packed)
    assert rows == [
        ExportRow(3924, "Blondie", 1.723, False, False),
        ExportRow(8773, "L'amour à vingt ans", 3.305, False, False),
    ]
    assert (export.lines, export.sound, export.malformed, export.cut) == (2, 2, 0, "")


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_lines_are_whole_wherever_a_block_ends(packed, monkeypatch):
    monkeypatch.setattr(export_lines, "BLOCK", 1000)
    monkeypatch.setattr(export_lines, "PIECE", 777)
    export, rows = read(text(lines(range(1, 3001))), packed=packed)
    assert ids(rows) == list(range(1, 3001))
    assert export.malformed == 0


@pytest.mark.parametrize(
    "content",
    [
        text(lines([1, 2])).replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + text(lines([1, 2])),
        b"\n\n" + text(lines([1])) + b"  \n" + text(lines([2])) + b"\n\n",
        text(lines([1])) + line(2),
        text([b" " + line(1) + b" ", b"\t" + line(2)]),
    ],
    ids=["CRLF", "BOM", "empty lines", "no last newline", "white space"],
)
def test_what_an_editor_may_have_done_to_it_does_no_harm(content):
    export, rows = read(content)
    assert ids(rows) == [1, 2]
    assert (export.malformed, export.cut) == (0, "")


def test_several_gzip_streams_and_padding_are_one_file():
    content = gzip.compress(text(lines([1, 2]))) + gzip.compress(text(lines([3]))) + b"\0" * 100
    assert ids(read(content)[1]) == [1, 2, 3]


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("Ŝtono", "Ŝtono"),
        ("千と千尋の神隠し", "千と千尋の神隠し"),
        ("  Heat  ", "Heat"),
        ("A\x00B", "AB"),
        ("One\ntwo\tthree", "One two three"),
        ("Two  spaces", "Two spaces"),
        ("x" * 100_000, "x" * 500),
        ("", ""),
        ("   ", ""),
        ("🎬\u200d", "🎬\u200d"),
    ],
)
def test_a_title_is_one_line_that_a_column_can_hold(told, title):
    assert read_line(line(1, told)).title == title


def test_half_a_character_spoils_a_title_and_no_more():
    told = b'{"adult":false,"id":7,"original_title":"Se\\ud83dven","popularity":2.5,"video":false}'
    assert read_line(told) == ExportRow(7, "Seven", 2.5, False, False)


def test_keys_may_come_and_go():
    assert read_line(b'{"id":7,"original_title":"Seven","popularity":3,"softcore":true}') == (7, "Seven", 3.0, 0, 0)
    adult = read_line(line(7, adult=True, video=True))
    assert (adult.is_adult, adult.is_video) == (True, True)
    assert read_line(line(7, adult=None, video="yes"))[3:] == (False, False)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (b"no json", "no JSON: 'no json'"),
        (b"[1, 2]", "no JSON object: '[1, 2]'"),
        (b"7", "no JSON object"),
        (b"{}", "its id is 'None'"),
        (line("7"), "its id is '7'"),
        (line(0), "its id is '0'"),
        (line(-3), "its id is '-3'"),
        (line(True), "its id is 'True'"),
        (line(7.0), "its id is '7.0'"),
        (line(2**31), "its id is '2147483648'"),
        (b'{"id":' + b"9" * 5000 + b"}", "no JSON: "),
        (line(7, popularity=-1), "its popularity is '-1'"),
        (line(7, popularity=None), "its popularity is 'None'"),
        (line(7, popularity="1.5"), "its popularity is '1.5'"),
        (line(7, popularity=True), "its popularity is 'True'"),
        (line(7).replace(b"1.5", b"NaN"), "its popularity is 'nan'"),
        (line(7).replace(b"1.5", b"1e999"), "its popularity is 'inf'"),
        (line(7, title=5), "its original_title is '5'"),
        (b'{"id":7,"popularity":1}', "its original_title is 'None'"),
        (b'{"id":7,"original_title":"\xff\xfe","popularity":1}', "no JSON: "),
        (b"[" * 100_000, "no JSON: "),
        (line(7, "x" * LONGEST_LINE), "it is longer than"),
    ],
    ids=lambda value: str(value[:40]),
)
def test_a_malformed_line_says_why(told, why):
    with pytest.raises(MalformedLine) as fault:
        read_line(told)
    assert str(fault.value).startswith(why)
    assert len(str(fault.value)) < 250
    assert "\n" not in str(fault.value)


def test_malformed_lines_are_left_out_counted_and_the_first_is_told():
    content = text([*lines(range(1, 7)), b"{broken", *lines([8, 9]), line(-1), *lines([11])])
    export, rows = read(content)
    assert ids(rows) == [1, 2, 3, 4, 5, 6, 8, 9, 11]
    assert (export.lines, export.malformed) == (11, 2)
    assert export.first_malformed == "line 7: no JSON: '{broken'"


def test_the_number_of_a_line_counts_all_blocks_before_it(monkeypatch):
    monkeypatch.setattr(export_lines, "PIECE", 500)
    export, _ = read(text([*lines(range(1, 1000)), b"oops"]))
    assert export.first_malformed == "line 1000: no JSON: 'oops'"


def test_a_line_without_end_is_left_out_and_fills_no_memory():
    head, tail = text(lines([1, 2])) + b'{"id":3,"original_title":"', b'"}\n' + text(lines([4]))
    export = Export(Endless(head, b"x" * export_lines.PIECE, 800, tail))
    tracemalloc.start()
    rows = [row for rows in export.rows() for row in rows]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert ids(rows) == [1, 2, 4]
    assert export.first_malformed == "line 3: it is longer than 1,048,576 bytes"
    assert export.malformed == 1
    assert peak < 16_000_000


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_what_is_one_line_without_end_is_refused_after_its_first_piece(packed):
    class Counting(Endless):
        pieces = 0

        def read(self, size=-1):
            self.pieces += 1
            return super().read(size)

    bomb = gzip.compress(b"\0" * 50_000_000)
    file = Counting(bomb, b"", 0) if packed else Counting(b"", b"\x01" * export_lines.PIECE, 4000)
    with pytest.raises(NotAnExport, match="line 1: it is longer than"):
        list(Export(file).rows())
    assert file.pieces < 10


def test_an_export_without_end_is_cut(monkeypatch):
    monkeypatch.setattr(export_lines, "LARGEST_EXPORT", 500_000)
    monkeypatch.setattr(export_lines, "BLOCK", 10_000)
    export, rows = read(text(lines(MANY)), packed=True)
    assert 0 < len(rows) < len(MANY)
    assert "no export has more than 500,000 bytes" in export.cut
