"""Opens and reads reports for us in a process that they may kill; what dies with it is set aside with the reason.

with Clerk() as clerk, Store.open(path, writable=True) as store:
    for taken in clerk.take(store, files([Path("reports")])):
        print(taken.origin, taken.outcome)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Literal

import msgspec
from msgspec.structs import replace

from dragoman.collect import BadInput, Collected, Input
from dragoman.collect.fetch import Fetched
from dragoman.collect.found import Found
from dragoman.collect.reports import refused
from dragoman.knowledge import Knowledge
from dragoman.records import Reject
from dragoman.scale.desk import Answer, Failed, List, Listed, Message, Open, Opened, Read
from dragoman.scale.worker import Died, Worker
from dragoman.store import Raw, Refused, Store, Taken, knowledge_in, ontology_of, version_of, wanted

_message = msgspec.msgpack.Decoder(Message)
_opened = msgspec.msgpack.Decoder(Opened)
_encode = msgspec.msgpack.encode
DESK = "dragoman.scale.desk:work"


class CannotRead(RuntimeError):
    """No report could be read: the model or a table cannot be used; the message says what to do."""


class Clerk:
    """Takes reports into stores; a `worker` that does the work of `desk` may be given, which was started earlier."""

    def __init__(self, worker: Worker | None = None) -> None:
        self._worker = worker or Worker(DESK)

    def __enter__(self) -> Clerk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.close()

    def entries(self, feed: Fetched) -> list[Found]:
        """What a feed announces. Raises BadInput."""
        try:
            (listed,) = map(_message.decode, self._worker.steps(_encode(List(feed))))
        except Died as died:
            raise BadInput(f"the feed could not be opened: {died}") from None
        assert isinstance(listed, Listed)
        if listed.wrong:
            raise BadInput(listed.wrong)
        return list(listed.found)

    def take(self, store: Store, inputs: Iterable[Input | Collected], *, raw: Raw | None = None) -> Iterator[Taken]:
        """Read what is given into the store; what is refused already is set aside there. Raises CannotRead.

        `raw` keeps the inputs as they came.
        """
        done, noted = 0, Refused(store)
        knowledge, own = knowledge_in(store), store.tables()
        for given in inputs:
            if isinstance(given, Collected):
                store.set_aside(given.rejects)
                yield Taken(origin=given.origin, outcome="refused", messages=given.messages, at=done)
                continue
            task = Open(given=given, ontology=own.get("ontology"), actors=own.get("actors"), places=own.get("places"))
            if raw is not None:
                raw.keep(given)
            refusals = 0
            for taken in _Taking(self._worker, store, knowledge, task).all():
                refusals += taken.outcome == "refused"
                yield replace(taken, at=done + taken.at)
            noted.note(given, refused=refusals > 0)
            done += given.size


class _Taking:
    """The reports of one input on their way into a store."""

    def __init__(self, worker: Worker, store: Store, knowledge: Knowledge, task: Open) -> None:
        self.worker, self.store, self.knowledge, self.task = worker, store, knowledge, task
        self.waiting: list[Taken] = []  # what is done with and was not told yet
        self.asked: Opened | None = None  # the report that is being read

    def all(self) -> Iterator[Taken]:
        while True:
            try:
                for data in self.worker.steps(_encode(self.task), self._answer):
                    self._hear(_message.decode(data))
                    yield from self._told()
                yield from self._told()
                return
            except Died as died:
                goes_on = self._died(died)
                yield from self._told()
                if not goes_on:
                    return

    def _answer(self, question: bytes) -> bytes:
        """Whether the report that was found is to be read."""
        opened = _opened.decode(question)
        self.task = replace(self.task, start=opened.number + 1)
        found = opened.found
        if found.report is None:
            self._refuse(found)
            return _encode(Answer(False))
        version = version_of(opened.model, self.knowledge)
        report = wanted(self.store, found.report, version)
        if report is None:
            self._add("known", found, self.store.settled(found.report).published)
            return _encode(Answer(False))
        self.asked = replace(opened, found=replace(found, report=report))
        return _encode(Answer(True, version, report.published, report.published_from, report.outlet))

    def _hear(self, message: Message) -> None:
        """Keep what was read of the report asked for, or set it aside."""
        assert self.asked
        opened, self.asked = self.asked, None
        found = opened.found
        assert found.report
        if isinstance(message, Read):
            self.store.add(found.report, message.reading, model=opened.model, ontology=ontology_of(self.knowledge),
                           rejects=found.rejects)  # fmt: skip
            self._add("read", found, found.report.published)
        elif isinstance(message, Failed):
            if message.always:
                raise CannotRead(message.words)
            self._unread(found, message.words)

    def _died(self, died: Died) -> bool:
        """Set aside what the process died of; whether there may be more."""
        if (opened := self.asked) is not None:
            self.asked = None
            self._unread(opened.found, str(died))
            return True
        part, what = self.task.start, f"it could not be opened: {died}"
        if part in self.task.spoilt:  # it was to be passed over, and still: what follows cannot be had
            what = self.task.spoilt[part] + ("; what came before is read" if part else "")
            self._refuse(refused(self.task.given.name, what))
            return False
        self.task = replace(self.task, spoilt={**self.task.spoilt, part: what})
        return True

    def _unread(self, found: Collected, what: str) -> None:
        reject = Reject(report=found.origin, span=None, stage="read", reason=what)
        words = f"{found.origin}: could not be read ({what}); the other files are read. Please report this."
        self._refuse(replace(found, rejects=(reject,), messages=(words,)))

    def _refuse(self, found: Collected) -> None:
        self.store.set_aside(found.rejects)
        self.waiting.append(Taken(origin=found.origin, outcome="refused", messages=found.messages, at=found.at))

    def _add(self, outcome: Literal["read", "known"], found: Collected, published: str | None) -> None:
        assert found.report
        self.waiting.append(
            Taken(origin=found.origin, outcome=outcome, report=found.report.id, published=published,
                  messages=found.messages, at=found.at)
        )  # fmt: skip

    def _told(self) -> Iterator[Taken]:
        told, self.waiting = self.waiting, []
        yield from told
