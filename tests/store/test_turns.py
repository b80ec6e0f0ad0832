# SPDX-License-Identifier: Apache-2.0
"""Whoever wants to write waits for what is being written, and for nothing that is asked later."""

from __future__ import annotations

import threading
import time

import pytest

from desktop.store.store import Store
from desktop.store.turns import Turns
from tests.store.ground import BY, SCOPE


def test_writers_get_their_turn_in_the_order_in_which_they_asked() -> None:
    """Mutant: a lock of Python's; a thread that writes again and again keeps it."""
    turns = Turns()
    order: list[str] = []

    def wait(name: str) -> None:
        turns.acquire()
        order.append(name)

    turns.acquire()
    threads: list[threading.Thread] = []
    for name in "abcde":
        thread = threading.Thread(target=wait, args=(name,))
        thread.start()
        threads.append(thread)
        while len(turns._waiting) < len(threads):
            time.sleep(0.001)
    for at in range(1, 6):
        turns.release()
        threads[at - 1].join()
        assert not turns.acquire(blocking=False)
    assert order == list("abcde")
    turns.release()
    assert turns.acquire(blocking=False)
    turns.release()


def test_a_background_that_never_pauses_does_not_keep_a_desk_waiting(store: Store) -> None:
    """One transaction of the background stands between the question and the mark, no second."""
    began, stop = threading.Event(), threading.Event()
    taken: list[str] = []

    def background() -> None:
        while not stop.is_set():
            with store.write("") as write:
                write.put("person", f"b{len(taken)}", SCOPE, first="ก")
                began.set()
                time.sleep(0.02)
                taken.append("background")

    thread = threading.Thread(target=background)
    thread.start()
    began.wait()
    for number in range(5):
        before = len(taken)
        with store.write(BY) as write:
            write.put("person", f"d{number}", SCOPE, first="ข")
            assert len(taken) - before <= 1
    stop.set()
    thread.join()


def test_an_exception_gives_the_turn_on() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns:
        raise ZeroDivisionError
    assert turns.acquire(blocking=False)
