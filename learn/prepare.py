"""Stage 1: gathers the training and evaluation texts, cleans them, and caches the sentence vectors to distil.

    PYTHONPATH=src python -m learn.prepare          # 5 minutes on two cores, 3 of them for the vectors

Reads `$DRAGOMAN_DATA` (../shared/data), writes learn/build/{corpus.pkl,vectors*.npy,vocabulary.json,data.json}.
Steps whose output exists are left alone; delete learn/build to start over.
"""

import hashlib
import json
import pickle
from collections import Counter
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from learn.agreement import agree
from learn.corpus import BUILD, DATA, GROUPS, Corpus, Document, Sentence, bio, original, spans
from learn.news import read_news
from learn.treebank import add_uner, read_treebank

USED = {
    "syntax/gum_train.conllu": "train: tags, lemmas, trees, names, nominals",
    "syntax/ewt_train.conllu": "train: tags but feats, lemmas, trees",
    "syntax/uner_ewt_dev.iob2": "train: names, the sentences of ewt_train only",
    "names/silver_train.jsonl.gz": "train: names, cleaned; sentence starts",
    "attribution/train.jsonl": "train: source, cue, content",
    "names/wikigold.conll.txt": "train: names",
    "syntax/gum_dev.conllu": "evaluation",
    "syntax/ewt_dev.conllu": "evaluation",
    "names/silver_dev.jsonl.gz": "evaluation",
    "attribution/dev.jsonl": "evaluation",
}
TRAIN = ("gum_train", "ewt_train", "news_train", "wiki_train")


def read_wikigold(path: Path) -> list[Document]:
    """Wikigold's IO tags as BIO; its MISC is our OTHER."""
    documents = []
    for number, text in enumerate(path.read_text(encoding="utf8").split("-DOCSTART- O")):
        document = Document(f"wikigold-{number}", "wiki", [])
        for block in text.split("\n\n"):
            rows = [line.split() for line in block.split("\n") if line.strip()]
            if rows:
                forms = [row[0] for row in rows]
                found = [(a, b, kind.replace("MISC", "OTHER")) for a, b, kind in spans([row[1] for row in rows])]
                document.sentences.append(Sentence(forms, " ".join(forms), names=bio(len(forms), found)))
        if document.sentences:
            documents.append(document)
    return documents


def gather() -> Corpus:
    """Read every source; number the training sentences."""
    corpus = {f"{name}_{part}": read_treebank(DATA / f"syntax/{name}_{part}.conllu", name)
              for name in ("gum", "ewt") for part in ("train", "dev")}  # fmt: skip
    for part in ("ewt_train", "ewt_dev"):
        print(part, "sentences without UNER names:", add_uner(corpus[part], DATA / "syntax/uner_ewt_dev.iob2"))
    for part in ("train", "dev"):
        corpus[f"news_{part}"] = read_news(
            DATA / f"names/silver_{part}.jsonl.gz", DATA / f"attribution/{part}.jsonl", split_hyphens=part == "train"
        )
    corpus["wiki_train"] = read_wikigold(DATA / "names/wikigold.conll.txt")
    for document in corpus["news_train"]:
        for sentence in document.sentences:
            sentence.machine = list(sentence.names)
    print("news names retagged (words):", dict(agree(corpus["news_train"]).most_common(12)))
    number = 0
    for name in TRAIN:
        for document in corpus[name]:
            for sentence in document.sentences:
                sentence.number, number = number, number + 1
    return corpus


def vocabulary(corpus: Corpus) -> dict[str, list[str]]:
    """The classes of every head, from the training parts; rare ones are left out and train nothing."""
    counts: dict[str, Counter[str]] = {column: Counter() for column in ("upos", "feats", "lemma", "rels")}
    for name in ("gum_train", "ewt_train"):
        for document in corpus[name]:
            for sentence in document.sentences:
                for column, counter in counts.items():
                    counter.update(getattr(sentence, column))
    names = ("PER", "LOC", "ORG", "OTHER")
    return {
        "upos": sorted(counts["upos"]),
        "feats": [value for value, count in counts["feats"].most_common() if count >= 4],
        "lemma": [value for value, count in counts["lemma"].most_common(400) if count >= 3],
        "rel": sorted(value for value, count in counts["rels"].items() if count >= 3),
        "names": ["O", *(f"{head}-{name}" for name in names for head in "BI")],
        "nominals": ["O", *(f"{head}-{name}" for name in names[:3] for head in "BI")],
        "attribution": [f"{head}-{group}" if head != "O" else "O" for group in GROUPS for head in "OBI"],
    }


def sentence_vectors(texts: list[str]) -> np.ndarray:
    """The original MiniLM embedding of every text, [texts, 384] float16, normalised."""
    import torch

    from learn.model import Encoder

    torch.set_num_threads(2)
    encoder = Encoder().load_original(original() / "model.safetensors").eval()
    tokenizer = Tokenizer.from_file(str(original() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(200)
    coded = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
    vectors = np.zeros((len(texts), 384), np.float16)
    order = sorted(range(len(texts)), key=lambda at: len(coded[at]))
    for first in range(0, len(order), 64):
        batch = order[first : first + 64]
        width = max(len(coded[at]) for at in batch)
        ids = torch.tensor([coded[at] + [0] * (width - len(coded[at])) for at in batch])
        mask = (ids != 0).long()
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            states = encoder(ids, torch.zeros_like(ids), mask).float()
        pooled = (states * mask[..., None]).sum(1)
        vectors[batch] = torch.nn.functional.normalize(pooled, dim=-1).numpy()
    return vectors


def load() -> Corpus:
    """What `main` has gathered."""
    corpus: Corpus = pickle.loads((BUILD / "corpus.pkl").read_bytes())
    return corpus


def main() -> None:
    """Run the steps that have no output yet."""
    BUILD.mkdir(exist_ok=True)
    if not (BUILD / "corpus.pkl").exists():
        corpus = gather()
        (BUILD / "vocabulary.json").write_text(json.dumps(vocabulary(corpus), indent=0))
        digests = {}
        for name, use in USED.items():
            digests[name] = {"sha256": hashlib.sha256((DATA / name).read_bytes()).hexdigest(), "use": use}
        (BUILD / "data.json").write_text(json.dumps(digests, indent=1))
        (BUILD / "corpus.pkl").write_bytes(pickle.dumps(corpus))
    corpus = load()
    for name, documents in corpus.items():
        sentences = [sentence for document in documents for sentence in document.sentences]
        words = sum(len(sentence.forms) for sentence in sentences)
        print(f"{name}: {len(documents)} documents, {len(sentences)} sentences, {words} words")
    for path, parts in (("vectors.npy", TRAIN), ("vectors_dev.npy", ("gum_dev",))):
        if not (BUILD / path).exists():
            texts = [one.text for part in parts for document in corpus[part] for one in document.sentences]
            np.save(BUILD / path, sentence_vectors(texts))


if __name__ == "__main__":
    main()
