"""Ctrl-C in the middle of a run: taken between two steps, and at once when it is pressed again."""

import signal
import threading

import pytest

from catalog.sync.interrupts import Interrupts


def step_with(signals: int, done: list[str]) -> None:
    with Interrupts() as interrupts:
        for _ in range(signals):
            signal.raise_signal(signal.SIGINT)
        done.append("the step")
        interrupts.raise_noted()


def test_the_first_signal_waits_for_the_step_to_end():
    done = []
    with pytest.raises(KeyboardInterrupt):
        step_with(1, done)
    assert done == ["the step"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_it_is_raised_once_so_that_what_was_fetched_can_be_stored():
    with Interrupts() as interrupts:
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            interrupts.raise_noted()
        interrupts.raise_noted()


def test_the_second_signal_ends_the_step():
    done = []
    with pytest.raises(KeyboardInterrupt):
        step_with(2, done)
    assert not done


def test_a_handler_of_somebody_else_is_left_alone():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interrupts() as interrupts:
            signal.raise_signal(signal.SIGINT)
            interrupts.raise_noted()
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_thread_changes_nothing():
    seen = []

    def enter():
        with Interrupts() as interrupts:
            seen.append(interrupts.is_ours)

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert seen == [False]
