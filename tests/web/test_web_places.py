"""The pages over a dossier in a file and on a server are the same pages."""

from __future__ import annotations

from starlette.testclient import TestClient
from store.test_claims import said

from dragoman.knowledge.sought import terms
from dragoman.store import Place, Store
from dragoman.web import create_app
from dragoman.web.templating import NAV


def test_every_page_and_the_search_work_over_either_place(place: Place) -> None:
    with Store.open(place, writable=True) as store:
        for n, words in enumerate(("the arrests will go on", "the army stays in the café")):
            store.add(*said(n, words), model="m", ontology="o")
    app = create_app(place)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for path, _ in NAV:
            assert client.get(path).status_code == 200, path
        found = client.get("/claims.json?q=arrested").json()
        assert [v["id"] for row in found["rows"] for v in row["versions"]] == ["r0:c"]
        assert client.get("/claims.json?q=minister").json()["total"] == 2
        assert client.get('/claims.json?q="stays+in"+cafe').json()["total"] == 1
        assert client.get('/claims.json?q="in+stays"').json()["total"] == 0
        with Store.open(place, writable=True) as store:
            store.add(*said(2, "they arrested nobody"), model="m", ontology="o")
        app.state.shelf.renew()
        assert client.get("/claims.json?q=arrest").json()["total"] == 2
    (term,) = terms("army")
    assert app.state.shelf.claims_with(term) == {"r1:c"}
