"""What only a process of its own can show: start-up, closed pipes, interrupts."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
SLOW = """
import sys, time
sys.path.insert(0, {tests!r})
import dragoman.read
from stand_in import StandIn
class Slow(StandIn):
    def read(self, report):
        print("reading", file=sys.stderr, flush=True)
        time.sleep({pause})
        return super().read(report)
dragoman.read.Reader = Slow
import dragoman.scale.worker
from here import Here
dragoman.scale.worker.Worker = Here
import dragoman.store
dragoman.store.version_of = lambda model, knowledge: "the same for all processes"
from dragoman.cli import main
main()
"""


def program(pause: float = 0.0) -> list[str]:
    return [sys.executable, "-c", SLOW.format(tests=str(TESTS), pause=pause)]


@pytest.mark.skipif(os.name != "posix", reason="times of child processes")
def test_help_answers_at_once() -> None:
    """In .3 s; of the processor's time, which other work on the machine does not stretch as it does the clock's."""
    best = 9.0
    for _ in range(3):
        before = os.times()
        subprocess.run([sys.executable, "-m", "dragoman", "--help"], check=True, capture_output=True)
        after = os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        best = min(best, spent)
    assert best < 0.3


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, dragoman.cli; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not {"numpy", "onnxruntime", "sqlalchemy", "rich", "tokenizers", "rapidfuzz"} & set(loaded)


@pytest.mark.parametrize("form", ["json", "board", "md"])
def test_a_closed_pipe_is_no_error(folder: Path, form: str) -> None:
    command = [*program(), "read", str(folder), "--quiet", "--format", form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode().replace("reading\n", "")
        assert process.wait() == 0
    assert said == ""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_what_was_read_before_an_interrupt_is_kept(folder: Path, sent: signal.Signals) -> None:
    text = (folder / "dawn.txt").read_text(encoding="utf-8")
    for number in range(38):  # so many that it is not done when the signal comes, on a busy machine too
        (folder / f"more{number:02}.txt").write_text(text.replace("Karsh", f"Karsh{number}"), encoding="utf-8")
    db = folder / "crisis.db"
    command = ["read", str(folder), "-d", str(db), "--format", "json"]
    heard = partial(
        signal.signal, signal.SIGINT, signal.SIG_DFL
    )  # a job in the background ignores it, and so its children
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*program(0.1), *command], preexec_fn=heard, **pipes) as process:  # type: ignore[call-overload]
        assert process.stderr is not None
        for _ in range(5):
            assert process.stderr.readline() == b"reading\n"
        process.send_signal(sent)
        said = process.stderr.read().decode()
        status = process.wait()
    assert status == (130 if sent == signal.SIGINT else -signal.SIGKILL)
    if sent == signal.SIGINT:
        assert "kept in" in said
    with sqlite3.connect(db) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        reports, readings = (
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("reports", "readings")
        )
    assert reports == readings
    assert 4 <= reports < 40
    again = subprocess.run([*program(), *command], capture_output=True, check=True)
    whole = subprocess.run([*program(), "read", str(folder), "--format", "json"], capture_output=True, check=True)
    assert again.stderr.count(b"reading\n") == 40 - reports
    assert again.stdout == whole.stdout
