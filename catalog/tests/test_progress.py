"""How far a long command is: what is seen of it on a terminal, and elsewhere."""

from io import StringIO

import pytest
from django.core.management.base import OutputWrapper
from django.core.management.color import make_style

from catalog.sync.progress import Bar, Lines, progress_on
from catalog.sync.stages import stages_on
from catalog.sync.tally import Tally

pytestmark = pytest.mark.embedded


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.fixture
def terminal():
    return Terminal()


@pytest.fixture
def errors(terminal):
    """A command's own stream of errors, as it is on a terminal with colours."""
    wrapped = OutputWrapper(terminal)
    wrapped.style_func = make_style("error=red").ERROR
    return wrapped


def test_a_bar_of_films_stays_on_its_line_and_is_not_painted_as_an_error(errors, terminal):
    with progress_on(errors) as bar:
        for fetched in 50, 100, 200:
            bar.show(Tally(expected=200, fetched=fetched, changed=fetched))
    assert "200/200" in terminal.getvalue()
    assert "\n" not in terminal.getvalue()
    assert "\x1b[31" not in terminal.getvalue()


def test_bars_of_stages_stay_on_their_line_and_are_not_painted_as_errors(errors, terminal):
    with stages_on(errors) as show:
        show("downloaded", 500, 1000)
        show("stored", 7, 9)
    assert "downloaded" in terminal.getvalue()
    assert "\n" not in terminal.getvalue()
    assert "\x1b[31" not in terminal.getvalue()


def test_progress_is_a_bar_on_a_terminal_and_lines_elsewhere(terminal):
    tally = Tally(expected=200, fetched=100, changed=100)
    tally.aside.update(["unavailable"])
    with progress_on(terminal) as bar:
        assert isinstance(bar, Bar)
        bar.show(tally)
        assert "101/200" in terminal.getvalue()
        assert "1 put aside" in terminal.getvalue()
    with progress_on(StringIO()) as lines:
        assert isinstance(lines, Lines)


def test_lines_of_progress_come_now_and_then():
    stream = StringIO()
    lines = Lines(stream)
    tally = Tally(expected=2000, fetched=1000)
    lines.show(tally)
    assert stream.getvalue() == ""
    lines._told_at -= 11
    lines.show(tally)
    assert stream.getvalue().startswith("1,000 of 2,000 films, ")
    assert stream.getvalue().endswith(" s left\n")
