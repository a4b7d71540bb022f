"""Places of a user's own come before the shipped ones."""

from pathlib import Path

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import Report
from dragoman.understand import understand

TEXT = "Gunmen shot a mayor in Berlin on Sunday. Soldiers shelled Camp Onda on Monday."


def test_a_place_of_ones_own_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    rows = "Berlin\t\tNER\t13.5\t2.1\nCamp Onda\tOnda camp\tNER\t13.62\t2.31\n"
    own.write_text(f"name\taliases\tcountry\tlat\tlon\n{rows}", encoding="utf-8")
    doc = Reader().read(Report(id="r", origin="r", text=TEXT, sha256="", published="2031-03-07"))
    shipped, mine = Knowledge(), Knowledge(places=own)
    berlin, camp = (m.place for m in understand(doc, mine, version="t").mentions)
    assert berlin is not None
    assert camp is not None
    assert (berlin.name, berlin.country, berlin.lat, berlin.geonames) == ("Berlin", "NER", 13.5, None)
    assert (camp.name, camp.country, camp.lon) == ("Camp Onda", "NER", 2.31)
    told = understand(doc, shipped, version="t").mentions[0].place
    assert told is not None
    assert told.country == "DEU"
    assert shipped.digest != mine.digest
