"""Libraries of any shape, and their tables as values that two libraries can have in common."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from app.drafts import Codebook, Draft, Framework, Mark
from app.exporters._base import exporters
from app.exporting.bundling import Selection, bundle
from app.importers._base import File, Unread, importers
from app.importers._drafts import (
    codebook_from_json,
    codebook_to_json,
    draft_from_json,
    draft_to_json,
    framework_from_json,
    framework_to_json,
)
from app.importing.originals import Originals
from app.importing.taking import Taking
from app.library.articles import Source
from app.library.claims import REFERENCES
from app.library.database import Database
from app.library.holdings import Holdings
from app.library.schema import JOURNALLED
from app.model import (
    AttributeKind,
    Content,
    EarlierText,
    LeftOut,
    Metadata,
    Noted,
    Origin,
    Published,
    Rule,
    State,
    Theme,
)
from app.options import chosen
from app.progress import end_of
from app.rounds import Round
from app.text.anchors import Anchor
from app.text.body import Body, Piece, Run, clean_line

NASTY = (
    "=1+1", "-5", "a | b", "]] [[x|y]]", "<script>alert(1)</script>", "a & b &amp; c", "*stars* `ticks`", "# heading",
    "👩‍👩‍👧 family", "e\u0301 a\u0308", "مرحبا (UAV) بالعالم", "和谈停滞。", "a\\b", "“quotes” 'single' \"double\"",
    "{{ 7 * 7 }}", "one two one two one", "War/Peace: a, b", "A > B", "%% end %%", "---", "\tTab", "  spaces  ",
)  # fmt: skip
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg=="
)

_letters = st.characters(codec="utf-8")
lines = st.one_of(st.sampled_from(NASTY), st.text(_letters, max_size=20).map(clean_line)).map(
    lambda line: line.replace("\ufffc", " ")
)
words = lines.map(lambda line: " ".join(line.split())).filter(bool)
notes = st.one_of(st.just(""), st.lists(lines, min_size=1, max_size=3).map("\n".join).filter(str.strip))
_yes = st.booleans()
moments = st.integers(1, 4_000_000_000_000)
CODERS = ("B. Coder", "Ç <&> ]]")
_coders = st.lists(st.sampled_from(CODERS), unique=True)
_noted = st.builds(Noted, st.uuids().map(lambda one: one.hex), moments, moments)
_sources = st.sampled_from(
    (Source("0.txt", "/0.txt", "", "text"), Source("wall.html/A | b", "/w.html", "ab" * 32, "web"), Source())
)
_kinds = st.sampled_from(
    (("paragraph", {}), ("heading", {"level": 2}), ("item", {"depth": 1, "ordered": False}), ("quote", {}))
)


@st.composite
def plans(draw: Any) -> dict[str, Any]:
    """Draw what is to be in a library: values, and places in lists where one thing names another."""
    themes = draw(st.lists(st.tuples(words, st.integers(0, 3), notes, notes, _yes, _yes), max_size=4,
                           unique_by=lambda one: one[0].casefold()))  # fmt: skip
    fields = draw(st.lists(st.tuples(words.filter(lambda word: "=" not in word), st.sampled_from(AttributeKind), notes,
                                     st.lists(words, max_size=2, unique_by=str.casefold)),
                           max_size=2, unique_by=lambda one: one[0].casefold()))  # fmt: skip
    articles = [_article(draw, len(themes), len(fields)) for _ in range(draw(st.integers(1, 3)))]
    things = sum(1 + len(one["marks"]) for one in articles)
    collections = draw(st.lists(st.tuples(
        words, st.sampled_from(("", "", "is:unread -night", 'in:"later one"', "theme:{theme}")), notes, _yes,
        st.lists(st.integers(0, max(0, things - 1)), unique=True, max_size=6 if things else 0),
        st.lists(st.tuples(words, st.integers(0, 3)), max_size=2), st.randoms(use_true_random=False),
    ), max_size=2, unique_by=lambda one: one[0].casefold()))  # fmt: skip
    rounds = draw(st.lists(st.tuples(st.sampled_from(CODERS), moments, st.sampled_from((0, 1, 2)), _yes), max_size=2))
    return {"themes": themes, "fields": fields, "articles": articles, "collections": collections, "rounds": rounds,
            "note": (draw(notes), draw(_yes)), "move": draw(_yes),
            "rules": draw(st.lists(st.tuples(words, words), max_size=2, unique_by=str))}  # fmt: skip


def _article(draw: Any, themes: int, fields: int) -> dict[str, Any]:
    body = _body(draw)
    known = Metadata(
        title=draw(st.sampled_from((None, "Night trains", "=Title | x"))),
        byline=draw(st.one_of(st.none(), words)),
        address=draw(st.sampled_from((None, "https://x.org/a", "https://x.org/b?c=d#e"))),
        published=draw(st.sampled_from((None, *map(Published.parse, ("2025-03", "about 2025-03-04", "2024"))))),
        language=draw(st.sampled_from((None, "en", "ar"))),
        origins=draw(st.dictionaries(st.sampled_from(("title", "byline", "address")), st.sampled_from(Origin))),
    )
    left, earlier = draw(st.lists(words, max_size=2)), draw(st.lists(st.builds(_earlier, _bodies(), words), max_size=2))
    shown = [block for one in (body, *(one.content.body for one in earlier)) for block in one.blocks]
    draft = Draft(
        body, known, tuple(LeftOut("share", line, 0, runs=(Run(0, len(line), "strong"),)) for line in left),
        {"views": draw(words), "tags": tuple(draw(st.lists(words, max_size=2)))},
        note=draw(notes), stub=draw(st.sampled_from((False, False, True))), state=draw(st.sampled_from(State)),
        pictures={str(one.attributes["picture"]): PICTURE for one in shown if one.kind == "image"},
        added=draw(moments), modified=draw(moments), private=draw(_yes), noted=draw(_noted), earlier=tuple(earlier),
    )  # fmt: skip
    marks = [_mark(draw, body.text, themes) for _ in range(draw(st.integers(0, 4)) if body.text else 0)]
    values = [draw(words) for _ in range(fields)]
    layers = {coder: draw(_some(themes)) for coder in draw(_coders)}
    return {"draft": draft, "themes": draw(_some(themes)), "marks": marks, "values": values, "layers": layers,
            "coders": draw(_coders), "source": draw(_sources)}  # fmt: skip


@st.composite
def _bodies(draw: Any) -> Body:
    return _body(draw)


def _earlier(body: Body, word: str) -> EarlierText:
    return EarlierText(Content(body, (LeftOut("share", word, 0),)), 1_741_064_767_089, f"put {word}")


def _body(draw: Any) -> Body:
    pieces: list[Piece] = []
    for line in draw(st.lists(lines, min_size=1, max_size=4)):
        kind, attributes = draw(_kinds)
        pieces.append(Piece(line, kind, attributes, (Run(0, len(line), "emphasis"),) if line else ()))
    if draw(_yes):
        digest = hashlib.sha256(PICTURE).hexdigest()
        pieces.append(Piece("", "image", {"alt": draw(lines), "source": "", "picture": digest}))
    return Body.of(pieces)


def _mark(draw: Any, text: str, themes: int) -> tuple[Mark, list[int], bool]:
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    orphan = draw(st.sampled_from((False, False, False, True)))
    quote = draw(words) if orphan and (draw(_yes) or not text[start:end].strip()) else text[start:end]
    mark = Mark(
        quote, start, start + len(quote), text[max(0, start - 32) : start], text[end : end + 32], note=draw(notes),
        created=draw(moments), modified=draw(moments), private=draw(_yes), orphan=orphan,
        author=draw(st.sampled_from(("", "", CODERS[0], "Consensus"))), noted=draw(_noted),
    )  # fmt: skip
    return mark, draw(_some(themes)), orphan


def _some(number: int) -> Any:
    return st.lists(st.integers(0, number - 1), unique=True, max_size=2) if number else st.just([])


def planted(plan: Mapping[str, Any], holdings: Holdings) -> None:
    """Fill a library with what was drawn."""
    with holdings.library.deed("Planted"):
        themes = _planted_themes(plan, holdings)
        for name, kind, definition, choices in plan["fields"]:
            holdings.attributes.add(name, kind, choices if kind == AttributeKind.CHOICE else (), definition)
        ids = [uid for one in plan["articles"] for uid in _plant(one, holdings, themes)]
        _plant_collections(plan, holdings, ids, themes)
        rules = [Rule("", outlet, line, "by hand") for outlet, line in plan["rules"]]
        holdings.furniture.take_in(rules)
        _plant_rounds(plan, holdings)
        note, private = plan["note"]
        holdings.notes.write(note, private=private)


def _plant_rounds(plan: Mapping[str, Any], holdings: Holdings) -> None:
    """Let coders have been asked, and let those whose round was taken in have coded what they were to have coded."""
    keys = sorted(holdings.articles.keys())
    ids = [one.id for one in holdings.articles.by_keys(keys)]
    for number, (coder, made, taken, blind) in enumerate(plan["rounds"]):
        asked = tuple(uid for uid, one in zip(ids, plan["articles"], strict=True) if coder in one["coders"])
        holdings.rounds.keep(Round(f"{number}{'a' * 31}", coder, asked, made, taken, holdings.rounds.own_id(), blind))
    for key, one in zip(keys, plan["articles"], strict=True):
        for coder in sorted({coder for coder, _made, taken, _blind in plan["rounds"] if taken}):
            if coder in one["coders"]:
                holdings.rounds.cover([key], coder)


def _planted_themes(plan: Mapping[str, Any], holdings: Holdings) -> list[Theme]:
    made: list[Theme] = []
    for name, under, definition, note, private, has_digit in plan["themes"]:
        parent = made[under - 1].id if 0 < under <= len(made) else None
        theme = holdings.themes.add(name, under=parent, definition=definition, digit=None if has_digit else 0)
        holdings.notes.write(note, "theme", theme.key, private=private)
        made.append(theme)
    if len(made) > 1 and plan["move"]:
        holdings.themes.move(made[-1].id, None, made[0].id)
    return made


def _plant(one: Mapping[str, Any], holdings: Holdings, themes: Sequence[Theme]) -> list[str]:
    draft: Draft = one["draft"]
    key = holdings.articles.add(draft, one["source"])
    for data in draft.pictures.values():
        Originals(holdings.library.originals).put_bytes(data)
    holdings.themes.put_on_article(key, [themes[place] for place in one["themes"]])
    for author, places in one["layers"].items():
        for place in places:
            holdings.layers.put_theme(key, themes[place], author)
    for field, word in zip(holdings.attributes.all(), one["values"], strict=True):
        value = {"number": "3.5", "date": "2025-03", "yes/no": "yes"}.get(field.kind, word)
        holdings.attributes.put(key, field.name, field.choices[0] if field.choices else value)
    made = [holdings.articles.named(key)[0]]
    for mark, places, orphan in one["marks"]:
        anchor = Anchor(mark.start, mark.end, mark.quote, mark.prefix, mark.suffix)
        named = [themes[place] for place in places]
        made.append(holdings.highlights.insert(key, anchor, named, mark.note, mark, orphan=orphan))
    return made


def _plant_collections(
    plan: Mapping[str, Any], holdings: Holdings, ids: Sequence[str], themes: Sequence[Theme]
) -> None:
    for name, query, note, private, places, said, random in plan["collections"]:
        asked = query.format(theme=f'"{themes[0].name}"' if themes else "none")
        made = holdings.collections.add(name, asked, note, private=private)
        if made.query:
            continue
        holdings.collections.put(made.id, [ids[place] for place in places])
        for text, level in said:
            holdings.collections.write(made.id, text, level)
        sequence = list(holdings.collections.find(made.id).sequence)
        random.shuffle(sequence)
        holdings.collections.order(made.id, sequence)


def written(holdings: Holdings, key: str, **options: str) -> bytes:
    """Return what an export of all of a library writes, private notes too."""
    exporter = exporters()[key]
    made = end_of(bundle(holdings, Selection(private=True), lambda _query: []))
    return b"".join(file.data for file in exporter.write(made, chosen(exporter.name, exporter.options, options)).files)


def taken_in(holdings: Holdings, key: str, data: bytes, name: str) -> list[str]:
    """Take in a file as an import does, without its processes; return what could not be read or stayed as it was."""
    importer = importers()[key]
    parts = importer.read(File(data, name, chosen(importer.name, importer.options, {})))
    drafts = [draft_from_json(_sent(draft_to_json(one)), one.pictures) for one in parts if isinstance(one, Draft)]
    books = [codebook_from_json(_sent(codebook_to_json(one))) for one in parts if isinstance(one, Codebook)]
    frames = [framework_from_json(_sent(framework_to_json(one))) for one in parts if isinstance(one, Framework)]
    taking, originals = Taking(holdings), Originals(holdings.library.originals)
    taking.expect(drafts)
    source = Source(name, f"/{name}", hashlib.sha256(data).hexdigest(), key)
    with holdings.library.deed("Import"):
        for book in books:
            taking.take_codebook(book)
        left = [str(said) for frame in frames for said in taking.define(frame, source)]
        with holdings.themes.remembering():
            for draft in drafts:
                taking.take(draft, replace(source, path=f"/{name}/{draft.part}"))
                for picture in draft.pictures.values():
                    originals.put_bytes(picture)
        left += [str(said) for frame in frames for said in taking.arrange(frame).left]
    left += [f"{what} stayed as it was ({count})" for what, count in taking.stayed().items() if count]
    return [*left, *(str(one.error) for one in parts if isinstance(one, Unread))]


def _sent(value: object) -> Any:
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def owned(database: Database, leave: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the rows of the reader's tables by ids instead of keys, in the order of their ids.

    Ranks and the order of what hangs on a thing become places. Tables and columns of ``leave`` are left out, tables
    with no columns named altogether.
    """
    uids = {
        table: {row["id"]: row["uid"] for row in database.rows(f"SELECT id, uid FROM {table}")}
        for table in set(REFERENCES.values())
    }
    found: dict[str, list[str]] = {}
    for table in JOURNALLED:
        if table in leave and not leave[table]:
            continue
        rows = []
        for row in database.rows(f"SELECT * FROM {table} ORDER BY id"):
            value = {name: uids[REFERENCES[name]].get(one) if name in REFERENCES else one
                     for name, one in dict(row).items() if name not in ("id", *leave.get(table, ()))}  # fmt: skip
            rows.append(value)
        _place(table, rows)
        found[table] = sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows)
    return found


def _place(table: str, rows: list[dict[str, Any]]) -> None:
    """Number rows within what they hang on, in place of ranks, which only say an order."""
    owner = {"theme": "parent_id", "collection": "", "article_theme": "article_id", "highlight_theme": "highlight_id"}
    if table not in owner:
        return
    groups: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row.get(owner[table])].append(row)
    for group in groups.values():
        for place, row in enumerate(sorted(group, key=lambda one: one.get("rank", 0))):
            row["rank"] = place


def sequences(holdings: Holdings) -> dict[str, tuple[str, ...]]:
    """Return the order of what is in each collection by hand."""
    return {one.id: one.sequence for one in holdings.collections.all()}
