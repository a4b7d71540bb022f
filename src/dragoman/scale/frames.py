"""What passes between a worker and us: frames of a kind (four bytes), a length and the bytes themselves."""

from __future__ import annotations

import struct
from typing import IO

HEAD = struct.Struct(">4sQ")


def send(stream: IO[bytes], kind: bytes, data: bytes) -> None:
    stream.write(HEAD.pack(kind, len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """The next frame's kind and bytes. Raises EOFError when the other side is gone.

    >>> from io import BytesIO
    >>> stream = BytesIO(); send(stream, b"task", b"dawn.txt"); _ = stream.seek(0); receive(stream)
    (b'task', b'dawn.txt')
    """
    kind, length = HEAD.unpack(_exactly(stream, HEAD.size))
    return kind, _exactly(stream, length)


def _exactly(stream: IO[bytes], count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise EOFError
    return data
