"""A run on a Ray cluster of two nodes, each in a network namespace of its own: `make test-ray`.

In mid-run a worker is killed, then a whole node. The parts are those of a run on this machine, byte for byte.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

HEAD, NODE, PORT = "10.77.0.1", "10.77.0.2", 6379
FILES, A_FILE = 12, 4  # shards, and reports in each
PATIENCE = 400.0  # seconds
BODY = (
    "Tessal's Prime Minister {0} met opposition leader Lena Marosh in {1} on Sunday and promised aid for the wounded. "
    "Police arrested more than {2} demonstrators, state television said. President Radek condemned the talks."
)


def may_unshare() -> bool:
    """Whether this user may make network namespaces and the links between them."""
    if not all(map(shutil.which, ("unshare", "nsenter", "ip"))):
        return False
    command = ["unshare", "-n", "ip", "link", "add", "va", "type", "veth", "peer", "name", "vb"]
    return subprocess.run(command, capture_output=True).returncode == 0


@pytest.mark.skipif(not may_unshare(), reason="network namespaces are not allowed here; run it as root")
def test_killed_workers_and_nodes_change_nothing(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    archive = tmp_path / "archive"
    archive.mkdir()
    for n in range(FILES):
        rows = [{"text": BODY.format(f"Ilse Brandt{n}", f"Gorna{k}", 10 * n + k), "date": f"2031-03-{n + 1:02}"}
                for k in range(A_FILE)]  # fmt: skip
        (archive / f"{n:02}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    alone = [sys.executable, "-m", "dragoman", "run", str(archive), "--out", str(tmp_path / "alone"), "--workers", "2"]
    subprocess.run(alone, check=True)
    secret = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": os.urandom(32).hex(), "RAY_USAGE_STATS_ENABLED": "0"}
    told = subprocess.run(["unshare", "-n", sys.executable, __file__, str(tmp_path)], env={**os.environ, **secret},
                          capture_output=True, text=True, timeout=2 * PATIENCE)  # fmt: skip
    print(told.stdout, told.stderr[-3000:])
    assert told.returncode == 0
    assert "killed a worker" in told.stdout
    assert "killed a node" in told.stdout
    assert _parts(tmp_path / "ray") == _parts(tmp_path / "alone")


def _parts(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (out / "parts").glob("*.parquet")}


def main(folder: Path) -> int:
    """In the head's namespace: make the other, start both nodes and the run, and kill what is to be killed."""
    started = []

    def sh(*words: str) -> None:
        subprocess.run(words, check=True)

    def ray(*words: str, inside: tuple[str, ...] = ()) -> None:
        command = [*inside, sys.executable, "-m", "ray.scripts.scripts", "start", *words, "--num-cpus", "1", "--block"]
        with (folder / f"node{len(started)}.log").open("w") as log:
            started.append(subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True))

    try:
        sh("ip", "link", "set", "lo", "up")
        other = subprocess.Popen(["unshare", "-n", "sleep", "100000"], start_new_session=True)
        started.append(other)
        time.sleep(1)
        inside = ("nsenter", "-t", str(other.pid), "-n")
        sh("ip", "link", "add", "va", "type", "veth", "peer", "name", "vb")
        sh("ip", "link", "set", "vb", "netns", str(other.pid))
        sh("ip", "addr", "add", f"{HEAD}/24", "dev", "va")
        sh("ip", "link", "set", "va", "up")
        for words in (f"addr add {NODE}/24 dev vb", "link set vb up", "link set lo up"):
            sh(*inside, "ip", *words.split())
        temp = ("--temp-dir", str(folder / "r")) if len(str(folder)) < 40 else ()
        ray("--head", f"--node-ip-address={HEAD}", f"--port={PORT}", "--include-dashboard=false",
            "--disable-usage-stats", *temp)  # fmt: skip
        time.sleep(15)
        ray(f"--address={HEAD}:{PORT}", f"--node-ip-address={NODE}", "--disable-usage-stats", inside=inside)
        time.sleep(15)
        command = [sys.executable, "-m", "dragoman", "run", str(folder / "archive"), "--out", str(folder / "ray"),
                   "--ray", f"{HEAD}:{PORT}"]  # fmt: skip
        run = subprocess.Popen(command)
        started.append(run)
        _kill_on_the_way(folder / "ray", run, other.pid)
        return run.wait(PATIENCE)
    finally:
        for pid in (*_processes(other.pid), *_processes(os.getpid())):
            if pid != os.getpid():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def _kill_on_the_way(out: Path, run: subprocess.Popen[bytes], other: int) -> None:
    killed = 0
    deadline = time.monotonic() + PATIENCE
    while run.poll() is None and killed < 2 and time.monotonic() < deadline:
        done = len(_parts(out))
        if killed == 0 and done >= 1:
            workers = [p for p in _processes(os.getpid()) if b"dragoman.scale.workshop" in _command(p)]
            if workers:
                os.kill(workers[0], signal.SIGKILL)
                killed = 1
                print("killed a worker", flush=True)
        elif killed == 1 and done >= 3:
            busy = any(b"dragoman.scale.workshop" in _command(p) for p in _processes(other))
            for pid in _processes(other):
                if pid != other:  # who holds the namespace stays: with it would go the link, and the head's address
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            killed = 2
            print("killed a node", "with a worker in it" if busy else "", flush=True)
        time.sleep(0.2)


def _processes(beside: int) -> list[int]:
    """All processes in the network namespace of one."""
    try:
        space = os.stat(f"/proc/{beside}/ns/net").st_ino
    except OSError:
        return []
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit() and (entry / "ns/net").stat().st_ino == space:
                found.append(int(entry.name))
    return found


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
