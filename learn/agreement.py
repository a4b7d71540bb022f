"""Cleans machine-made name tags: what one document calls by one name has one type.

CoreNLP tags a bare surname by its surroundings, three ways in one text. A bare surname takes the type of the full
name that the document gives; any other repeated name takes the type that most of its occurrences have, and untagged
occurrences take it only where the name is tagged more often than not ("Twitter" is none for being taken for one once).
"""

from collections import Counter, defaultdict

from learn.corpus import NO_NAME, UNKNOWN, Document, Sentence, Span, spans

_SHARE = 0.6
Counts = dict[str, Counter[str]]


def agree(documents: list[Document]) -> Counter[str]:
    """Retag the documents in place; return how many words changed, by `old>new`."""
    everywhere: Counts = defaultdict(Counter)
    untagged: Counter[str] = Counter()
    for document in documents:
        for sentence in document.sentences:
            for start, end, kind in spans(sentence.names):
                everywhere[" ".join(sentence.forms[start:end])][kind] += 1
            untagged.update(
                form for form, tag in zip(sentence.forms, sentence.names, strict=True) if tag in ("O", NO_NAME)
            )
    changes: Counter[str] = Counter()
    for document in documents:
        kinds, surnames = _kinds(document, everywhere, untagged)
        known = surnames | {name for name, kind in kinds.items() if everywhere[name][kind] >= untagged[name]}
        for sentence in document.sentences:
            _retag(sentence, kinds, known, changes)
    return changes


def _kinds(document: Document, everywhere: Counts, untagged: Counter[str]) -> tuple[dict[str, str], set[str]]:
    """The type of every name of a document on which its occurrences, or else all documents, agree; the surnames."""
    here: dict[str, Counter[str]] = defaultdict(Counter)
    surnames: Counter[str] = Counter()
    for sentence in document.sentences:
        for start, end, kind in spans(sentence.names):
            here[" ".join(sentence.forms[start:end])][kind] += 1
            if kind == "PER" and end - start > 1:
                surnames[sentence.forms[end - 1]] += 1
    kinds: dict[str, str] = {}
    for name, counts in here.items():
        kind, most = max(counts.items(), key=lambda item: (item[1], item[0]))
        total = sum(counts.values())
        if total < 3:
            counts = everywhere[name]
            kind, most = max(counts.items(), key=lambda item: (item[1], item[0]))
            total = sum(counts.values())
        if total > 1 and most >= _SHARE * total:
            kinds[name] = kind
    for name in surnames:
        counts = everywhere[name]
        # "Washington" is a place even where George Washington is named
        common = untagged[name] > 2 * sum(counts.values()) + 5
        if name[0].isupper() and not common and counts["LOC"] <= _SHARE * sum(counts.values()):
            kinds[name] = "PER"
    return kinds, {name for name in surnames if kinds.get(name) == "PER"}


def _retag(sentence: Sentence, kinds: dict[str, str], known: set[str], changes: Counter[str]) -> None:
    """Give names their type; `known` are those that an untagged word may be, too."""
    tags, forms = sentence.names, sentence.forms
    found: list[Span] = spans(tags)
    covered = {at for start, end, _ in found for at in range(start, end)}
    # an untagged word alone: no name and no capital beside it that it may belong to
    for at, form in enumerate(forms):
        after = at + 1
        alone = at not in covered and at - 1 not in covered and after not in covered and tags[at] != UNKNOWN
        if alone and form in known and not (after < len(forms) and forms[after][:1].isupper()):
            found.append((at, after, "O"))
    for start, end, kind in found:
        wanted = kinds.get(" ".join(forms[start:end]), kind)
        beside = (start and spans(tags[start - 1 : start])) or (end < len(tags) and spans(tags[end : end + 1]))
        if wanted == kind or beside:
            continue
        changes[f"{kind}>{wanted}"] += end - start
        tags[start:end] = ["B-" + wanted] + ["I-" + wanted] * (end - start - 1)
