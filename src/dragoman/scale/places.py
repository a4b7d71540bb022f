"""Files here and elsewhere: a path on this machine, or an address that fsspec knows (`s3://…`, `gs://…`, `memory://…`).

ScaleError      what keeps a run from going on; the message names the next step
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct


class ScaleError(RuntimeError):
    """What keeps a run from going on; the message names the next step."""


class Folder(Struct, frozen=True):
    """A folder on any file system, named as the user names it."""

    url: str

    @property
    def fs(self) -> Any:
        return opened(self.url)[0]

    def path(self, *parts: str) -> str:
        """Where something in it lies, as its file system names it."""
        return "/".join((opened(self.url)[1].rstrip("/"), *parts))

    def names(self, *parts: str, ending: str = "") -> set[str]:
        """The names of the files in a folder of it; none where the folder is missing."""
        try:
            found = self.fs.ls(self.path(*parts), detail=False, refresh=True)
        except FileNotFoundError:
            return set()
        return {name for one in found if (name := one.rstrip("/").rpartition("/")[2]).endswith(ending)}

    def bytes_of(self, *parts: str) -> bytes | None:
        """What stands in a file of it, None where there is none."""
        try:
            return bytes(self.fs.cat_file(self.path(*parts)))
        except FileNotFoundError:
            return None

    @contextmanager
    def written(self, *parts: str) -> Iterator[BinaryIO]:
        """A file to write, which has its name only when it is whole: under another name first, then renamed."""
        fs, final = self.fs, self.path(*parts)
        early = f"{final}.{uuid.uuid4().hex[:8]}.part"
        fs.makedirs(final.rpartition("/")[0], exist_ok=True)
        try:
            with fs.open(early, "wb") as file:
                yield file
            fs.mv(early, final)
        except BaseException:
            if fs.exists(early):
                fs.rm_file(early)
            raise

    def leftovers(self, *parts: str) -> None:
        """Take away what a writer that was killed has left half written."""
        for name in self.names(*parts, ending=".part"):
            self.fs.rm_file(self.path(*parts, name))


def opened(url: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it. Raises ScaleError when what it needs is not installed."""
    try:
        from fsspec.core import url_to_fs

        fs, path = url_to_fs(url if "://" in url else str(Path(url).absolute()))
    except ImportError as err:
        raise ScaleError(f"{url} cannot be reached: {err}; pip install 'dragoman[scale]' and what it names") from None
    except ValueError as err:
        raise ScaleError(
            f"{url} cannot be reached: {err}; write a path, or an address such as s3://bucket/path"
        ) from None
    return fs, str(path)


def reading(url: str) -> Any:
    """A file open for reading, wherever it lies."""
    fs, path = opened(url)
    return fs.open(path, "rb")
