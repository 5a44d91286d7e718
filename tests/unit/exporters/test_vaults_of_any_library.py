"""Vaults of random libraries: out, into an empty library, and the same is there, table by table."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from app.drafts import Codebook, Draft, Framework
from app.exporters._base import exporters
from app.exporters._obsidian import merge
from app.exporting.bundling import Selection, bundle
from app.importers._base import File, Unread, importers
from app.importers._drafts import draft_from_json, draft_to_json
from app.importing.originals import Originals
from app.importing.taking import Taking
from app.library.articles import Source
from app.library.holdings import Holdings
from app.model import Bundle
from app.progress import end_of
from tests.libraries import opened
from tests.random_libraries import owned, plans, planted, sequences

# Where files came from, the ids and times of notes, and numbers that only make an order, which is compared.
NOT_CARRIED = {"note": ("uid", "created", "modified"), "collection_item": ("rank",), "interlude": ("rank",),
               "article": ("source", "path", "original", "format"), "version": (), "layer_article": ()}  # fmt: skip


def bundled(holdings: Holdings) -> Bundle:
    return end_of(bundle(holdings, Selection(private=True), lambda _query: []))


def vault(holdings: Holdings) -> dict[str, bytes]:
    exporter, made = exporters()["markdown"], bundled(holdings)
    written = exporter.write(made, {option.key: option.default for option in exporter.options})
    assert len(written.left_behind) == sum(
        map(bool, (made.rounds, made.hidden, any(item.earlier for item in made.articles)))
    )
    return {file.path: file.data for file in written.files}


def taken_in(holdings: Holdings, files: dict[str, bytes]) -> list[str]:
    """Take in the notes as an import of the folder does, without its processes; return what is said of them."""
    taking, last, said = Taking(holdings), list[Framework](), list[str]()
    names = [name for name in files if name.endswith(".md")]
    with holdings.library.deed("Import"):
        for name in sorted(names, key=lambda name: (name.count("/"), name)):
            parts = importers()["markdown"].read(File(files[name], Path(name).name, beside=files.get))
            source = Source(name, f"/{name}", hashlib.sha256(files[name]).hexdigest(), "markdown")
            drafts = [draft_from_json(draft_to_json(one), one.pictures) for one in parts if isinstance(one, Draft)]
            taking.expect(drafts)
            for part in parts:
                if isinstance(part, Codebook):
                    taking.take_codebook(part)
                elif isinstance(part, Framework):
                    taking.define(part, source)
                    last += [part] if not drafts else []
            for draft in drafts:
                taking.take(draft, source)
                for data in draft.pictures.values():
                    Originals(holdings.library.originals).put_bytes(data)
            said += [str(part.error) for part in parts if isinstance(part, Unread)]
        return [*said, *(str(one) for framework in last for one in taking.arrange(framework).left)]


def rows(holdings: Holdings) -> dict[str, list[str]]:
    """Return all that is compared, pictures that texts show; the origins of values are named in no order."""
    found = owned(holdings.library.database, NOT_CARRIED)
    shown = {(item.article.id, digest) for item in bundled(holdings).articles for digest in item.makeup.images}
    pictures = [json.loads(row) for row in found["picture"]]
    found["picture"] = [json.dumps(row) for row in pictures if (row["article_id"], row["digest"]) in shown]
    articles = [json.loads(row) for row in found["article"]]
    found["article"] = [json.dumps({**row, "origins": sorted(json.loads(row["origins"]).items())}) for row in articles]
    return {table: sorted(values) for table, values in found.items()}


@given(plans())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_any_library_comes_back_from_its_vault(plan):
    with tempfile.TemporaryDirectory() as place:
        home, away = opened(Path(place, "home")), opened(Path(place, "away"))
        try:
            planted(plan, home)
            files = vault(home)
            assert vault(home) == files
            assert all(merge(data, data) == data for data in files.values())
            assert taken_in(away, files) == []
            before, there = rows(home), rows(away)
            for table, values in before.items():
                assert there[table] == values, table
            assert sequences(away) == sequences(home)
            for library, was in ((home, before), (away, there)):
                taken_in(library, files)
                assert rows(library) == was
        finally:
            home.library.close()
            away.library.close()
