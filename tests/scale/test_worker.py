"""A task may do what it likes to its process: we live, know what it died of, and the next task is done."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman.scale.worker import Died, Worker

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="signals of POSIX"),
    pytest.mark.usefixtures("tests_importable"),
]


def worker(seconds: float = 20.0) -> Worker:
    return Worker("scale.deeds:work", seconds=seconds)


@pytest.mark.parametrize(
    ("task", "reason", "words"),
    [
        (b"crash", "signal", "SIGSEGV"),
        (b"hang", "time", "longer than 2 seconds"),
        (b"endless expression", "time", "longer than 2 seconds"),
        (b"devour", "memory", "GB of memory"),
        (b"raise", "exception", "ValueError: on purpose"),
        (b"leave", "end", "status 3"),
    ],
)
def test_whatever_a_task_dies_of_is_known_and_the_next_is_done(task: bytes, reason: str, words: str) -> None:
    with worker(seconds=2.0) as one:
        steps = one.steps(task)
        assert next(steps) == b"begun " + task
        with pytest.raises(Died, match=words) as died:
            next(steps)
        assert died.value.reason == reason
        assert list(one.steps(b"good")) == [b"begun good", b"done"]


def test_every_message_starts_the_clock_again() -> None:
    with worker(seconds=2.0) as one:
        assert len(list(one.steps(b"slow"))) == 7


def test_time_that_we_take_is_not_the_tasks() -> None:
    with worker(seconds=2.0) as one:
        heard = []
        for message in one.steps(b"good"):
            time.sleep(2.5)
            heard.append(message)
        assert heard == [b"begun good", b"done"]


def test_what_a_library_prints_does_not_stand_among_the_messages() -> None:
    with worker() as one:
        assert list(one.steps(b"chatter")) == [b"begun chatter", b"done"]


def test_a_task_may_ask() -> None:
    with worker() as one:
        assert list(one.steps(b"ask", lambda question: question.upper())) == [
            b"begun ask", b"WHAT IS THE WORD?", b"done",
        ]  # fmt: skip


def test_a_task_that_is_left_costs_only_the_process() -> None:
    with worker() as one:
        steps = one.steps(b"hang")
        assert next(steps) == b"begun hang"
        steps.close()
        assert list(one.steps(b"good"))[-1] == b"done"


HANGING = """
from dragoman.scale.worker import Worker
one = Worker("scale.deeds:work", seconds={seconds})
steps = one.steps({task!r})
next(steps)
assert one._process
print(one._process.pid, flush=True)
next(steps)
"""


@pytest.mark.parametrize(("task", "seconds"), [(b"endless expression", 2.0), (b"hang", 2.0)])
def test_a_worker_does_not_outlive_its_parent(task: bytes, seconds: float) -> None:
    """One that hangs, in C too, is ended by its own clock, a few seconds after ours would."""
    program = [sys.executable, "-c", HANGING.format(seconds=seconds, task=task)]
    with subprocess.Popen(program, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 30
    while _alive(child) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _alive(child)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
    except OSError:
        return True
