"""A library that came without its pictures gets them from a file that has them."""

from __future__ import annotations

import hashlib

from app.drafts import Draft
from app.exporting.bundling import Selection
from app.importing.originals import Originals
from app.library.articles import Source
from app.model import Metadata
from app.text.body import Body, Piece
from app.workspace import Workspace
from tests.libraries import finished, imported, tables
from tests.random_libraries import PICTURE

DIGEST = hashlib.sha256(PICTURE).hexdigest()
HIDDEN = PICTURE + b"\0"


def test_they_come_and_only_once(tmp_path):
    with Workspace(tmp_path / "home") as home:
        body = Body.of([Piece("A harbour."), Piece("", "image", {"alt": "", "source": "", "picture": DIGEST})])
        hidden = hashlib.sha256(HIDDEN).hexdigest()
        with home.library.deed("Article"):
            draft = Draft(body, Metadata(title="Harbour"), pictures={DIGEST: PICTURE, hidden: HIDDEN})
            key = home.articles.add(draft, Source("harbour.html"))
        for data in (PICTURE, HIDDEN):
            Originals(home.library.originals).put_bytes(data)
        finished(home.export(Selection(), "json", tmp_path / "without.json", {"pictures": "no"}))
        finished(home.export(Selection(), "json", tmp_path / "all.json", {}))
        kept = home.articles.pictures(key)
    with Workspace(tmp_path / "away") as away:
        imported(away, tmp_path / "without.json")
        assert away.pictures(body) == {}
        assert len(imported(away, tmp_path / "all.json").updated) == 1
        (article,) = away.articles.keys()
        assert away.articles.pictures(article) == kept == {DIGEST, hidden}
        assert away.pictures(body) == {DIGEST: PICTURE}
        before = tables(away.library.database)
        assert len(imported(away, tmp_path / "all.json").duplicates) == 1
        assert tables(away.library.database) == before
