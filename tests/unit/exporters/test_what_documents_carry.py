"""What every document that is read says alike: what its themes mean, whose marks it has, and what it leaves behind."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from html import unescape
from pathlib import Path

import pypdf
import pytest

from app.errors import InvalidInput
from app.exporters._base import exporters
from app.exporters._outline import OUTLINED
from app.exporting.journey import ExportReport, export
from app.model import Attribute, Collection, LeftOut
from app.text.body import Piece
from tests import printed
from tests.libraries import finished

DOCUMENTS = sorted(key for key, one in exporters().items() if set(OUTLINED) <= set(one.options))
TABLES = ("csv", "xlsx", "codebook_csv")
IMAGES = "{count} images: their descriptions stand in their places."
PARTS = {"docx": r"word/(document|comments)\.xml", "odt": r"content\.xml", "epub": r".*\.xhtml"}


def words(key: str, data: bytes) -> str:
    """Return what a document says, without white space."""
    if key == "pdf":
        return flat("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages))
    texts = [data.decode(errors="replace")]
    if key in PARTS:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            texts = [archive.read(one).decode() for one in archive.namelist() if re.fullmatch(PARTS[key], one)]
    whole = re.sub(r'w:author="([^"]*)"', r">\1<", "".join(texts))
    return flat(unescape(re.sub(r"<style>.*?</style>|<script>.*?</script>|<[^>]*>", "", whole, flags=re.DOTALL)))


def flat(text: str) -> str:
    return "".join(text.split())


def told(of, key: str, **given: object) -> list[str]:
    """Return what an export says that it leaves behind, without what a format says of every text and mark."""
    own = re.compile("The (exact|emphasis|full text)|One (article|highlight):")
    return [one for one in printed.left_behind(of, key, **given) if not own.match(one)]


def explained(made):
    """Return two articles under a theme and one below it, both with what they mean and a note."""
    war = made.theme("War", definition="Force *between* states.", note="Not the word alone.")
    drones = made.theme("Drones", war, definition="Aircraft without crew.")
    unused = made.theme("Peace", definition="Never used.")
    one = made.article(["Drones cost money."], [("Drones", [drones])], "One")
    return made.bundle(one, made.article(["Two."], [], "Two", 2, {"themes": (war.id,)}), themes=[war, drones, unused])


# ---------------------------------------- what themes mean


@pytest.mark.parametrize("key", DOCUMENTS)
@pytest.mark.parametrize(
    "chosen", [{}, {"texts": False}, {"group": "theme", "texts": False}, {"group": "attribute", "attribute": "outlet"}]
)
def test_what_themes_mean_stands_in_it_once(made, exported_bytes, key, chosen: Mapping[str, object]):
    said = words(key, exported_bytes(explained(made), key, **chosen)[""])
    stressed = "*" if key == "markdown_file" else ""
    for text in (f"Force {stressed}between{stressed} states.", "Not the word alone.", "Aircraft without crew."):
        assert said.count(flat(text)) == 1
    assert flat("Never used.") not in said


def test_a_typeset_article_that_needs_no_cover_explains_its_themes_too(made, exported_bytes):
    of = explained(made)
    single = replace(of, articles=of.articles[:1], title="One")
    said = words("pdf", exported_bytes(single, "pdf")[""])
    assert [said.count(flat(text)) for text in ("Force between states.", "Not the word alone.", "OneOne")] == [1, 1, 0]
    assert said.count("Aircraftwithoutcrew.") == 1


def test_plain_words_say_how_often_a_theme_is_used(made, exported):
    assert exported(explained(made), "text", texts=False)[""].startswith(
        "A set\n=====\n\nThemes\n======\n\n"
        "War × 1\n    Force between states.\n    Not the word alone.\n\n"
        "War > Drones × 1\n    Aircraft without crew.\n\nOne\n===\n"
    )
    assert exported(explained(made), "markdown_file", texts=False)[""].startswith(
        "# A set\n\n## Themes\n\n"
        "**War** × 1\n\nForce *between* states.\n\nNot the word alone.\n\n"
        "**War > Drones** × 1\n\nAircraft without crew.\n\n## One\n"
    )


def test_a_note_that_stands_at_the_top_is_not_said_again(made, exported):
    of = replace(explained(made), note="Not the word alone.")
    assert exported(of, "text")[""].count("Not the word alone.") == 1


# ---------------------------------------- other coders


@pytest.fixture(scope="module")
def layered(made):
    """Return an article that its reader and Zoe marked, and that has a consensus; Ada is no coder."""
    ports = made.theme("Ports")
    item = made.article(["One two three four."], [("One", [ports]), ("two", [ports]), ("three", [ports]), ("four",)])
    authors = ("", "Zoe", "Consensus", "Ada")
    marks = (replace(mark, author=author) for mark, author in zip(item.highlights, authors, strict=True))
    return made.bundle(replace(item, highlights=tuple(marks)), themes=[ports], layers=frozenset(("Zoe", "Consensus")))


def journey(of, key: str, folder: Path, **given: str) -> tuple[bytes, ExportReport]:
    """Export through the journey; return the file and the report."""
    report = finished(export(of, key, folder / f"file-{len(given)}", given))
    return report.written[0].read_bytes(), report


@pytest.mark.parametrize("key", DOCUMENTS)
def test_layers_stay_at_home_and_are_counted_unless_they_are_asked_for(layered, tmp_path, key):
    data, report = journey(layered, key, tmp_path, texts="no")
    said = words(key, data)
    assert [name in said for name in ("One", "four", "two", "three", "Zoe", "Consensus")] == [True] * 2 + [False] * 4
    assert "2 highlights in layers of other coders." in map(str, report.left_behind)
    assert report.highlights == 2
    data, report = journey(layered, key, tmp_path, texts="no", layers="yes")
    said = words(key, data)
    assert all(name in said for name in ("One", "four", "two", "three", "Zoe", "Consensus"))
    assert not any("layers" in str(one) for one in report.left_behind)
    assert report.highlights == 4


def test_what_is_counted_is_what_is_there(layered, tmp_path):
    counts = re.compile(r'<span class="count">(\d*)</span>')
    own, every = (journey(layered, "html", tmp_path, layers=word)[0].decode() for word in ("no", "yes"))
    assert (counts.findall(own), counts.findall(every)) == (["1", "1"], ["3", "1"])
    assert ("2 passages" in own, "4 passages" in every) == (True, True)


def test_a_passage_that_was_collected_by_hand_stays(layered, tmp_path):
    (item,) = layered.articles
    collected = replace(layered, order=(item.highlights[1].id,))
    assert b"> two\n" in journey(collected, "text", tmp_path)[0]


@pytest.mark.parametrize("key", ["brat", "doccano", "readwise"])
def test_what_cannot_say_whose_a_mark_is_has_those_of_its_reader_unless_others_are_asked_for(layered, tmp_path, key):
    def exported(**given: str) -> tuple[str, ExportReport]:
        report = finished(export(layered, key, tmp_path / f"{key}{len(given)}", given))
        return "".join(path.read_text("utf-8") for path in report.written if path.suffix != ".txt"), report

    def count(data: str) -> int:
        labelled = {"brat": r"(?m)^T\d", "doccano": r"\[\d+, \d+, ", "readwise": r"(?m)^(?:One|two|three|four),"}
        return len(re.findall(labelled[key], data))

    own, report = exported()
    assert report.highlights == 2
    assert "2 highlights in layers of other coders." in map(str, report.left_behind)
    every, report = exported(layers="yes")
    assert report.highlights == 4
    assert count(every) == count(own) + 2


def test_data_for_other_programs_has_all_layers(layered, tmp_path):
    data, report = journey(layered, "csv", tmp_path)
    assert (data.count(b",Zoe,"), report.highlights) == (1, 4)


# ---------------------------------------- what stays behind


@pytest.mark.parametrize("key", DOCUMENTS)
def test_pictures_that_are_not_drawn_are_counted_where_there_is_a_text(made, key):
    lost = ("a", "b")
    pictures = {"a" * 64: printed.png(3, 2)[:20], "c" * 64: printed.png(3, 2)}
    item = made.article([Piece("", "image", {"picture": digest * 64}) for digest in "abc"])
    item = replace(item, text=replace(item.content, left_out=(LeftOut("share", "Share", 0),)))
    of = made.bundle(item, pictures=pictures)
    drawn = key not in ("text", "markdown_file")
    assert told(of, key) == [
        IMAGES.format(count=len(lost) + (not drawn)), "What was left out of one article."
    ]  # fmt: skip
    assert told(of, key, texts=False) == []


class Kept(dict):
    """Pictures that know which of them were read."""

    def __init__(self, pictures):
        super().__init__(pictures)
        self.read = set()

    def get(self, digest, default=None):
        self.read.add(digest)
        return super().get(digest, default)


@pytest.mark.parametrize("key", [key for key in DOCUMENTS if key not in ("text", "markdown_file")])
def test_pictures_are_read_one_in_each_step(made, key):
    shown = ([Piece("", "image", {"picture": digest * 64})] for digest in "abc")
    items = [made.article(pieces, number=number) for number, pieces in enumerate(shown)]
    kept = Kept({digest * 64: printed.png(3, 2) for digest in "abc"})
    exporter = exporters()[key]
    options = {option.key: option.default for option in exporter.options}
    written = exporter.write(made.bundle(*items, pictures=kept), options)
    with closing(written.files) as parts:
        for count in range(3):
            assert len(kept.read) == count
            next(parts)


def test_a_picture_that_is_cut_off_is_not_typeset(made):
    item = made.article([Piece("", "image", {"picture": digest * 64}) for digest in "ab"])
    torn = made.bundle(item, pictures={"a" * 64: printed.png(3, 2)[:-12], "b" * 64: printed.png(3, 2)})
    assert told(torn, "pdf") == ["One image: its description stands in its place."]


@pytest.mark.parametrize("key", [*DOCUMENTS, *TABLES])
def test_notes_on_collections_are_named(made, key):
    noted = (Collection(1, "a", "List", note="Mine"), Collection(2, "b", "Other", note="Mine"), Collection(3, "c", "C"))
    of = made.bundle(made.article(marks=[("Some",)]), collections=noted)
    assert told(replace(of, whole=True), key) == ["The notes on 2 collections."]
    assert told(replace(of, collections=noted[:1], note="Mine"), key) == (
        ["The note on all of it."] if key in TABLES else []
    )


@pytest.mark.parametrize("key", [*DOCUMENTS, "csv", "xlsx"])
def test_what_fields_mean_is_named_where_they_are_used(made, key):
    fields = (Attribute(1, "a", "Tone", definition="How it sounds."), Attribute(2, "b", "Sure", definition="How sure."))
    of = made.bundle(made.article(marks=[("Some",)], about={"attributes": {"Tone": "calm"}}), attributes=fields)
    assert told(of, key) == ["What one field of your own means."]


# ---------------------------------------- groups


@pytest.mark.parametrize("key", DOCUMENTS)
def test_an_attribute_that_there_is_not_is_refused_before_anything_is_written(made, tmp_path, key):
    of = made.bundle(made.article(about={"attributes": {"Tone": "calm"}}), attributes=(Attribute(1, "a", "Sure"),))
    target = tmp_path / "new" / "file"
    with pytest.raises(InvalidInput) as caught:
        finished(export(of, key, target, {"group": "attribute", "attribute": "Tome"}))
    assert str(caught.value) == (
        "There is no attribute “Tome” to group by. Choose one of: outlet, section, language, Sure, Tone."
    )
    assert not target.parent.exists()


@pytest.mark.parametrize("key", DOCUMENTS)
def test_that_no_article_has_the_attribute_is_said(made, key):
    of = made.bundle(made.article(outlet="The Post"), attributes=(Attribute(1, "a", "Sure"),))
    assert told(of, key, group="attribute", attribute="sure") == ["The groups: no article here has “sure”."]
    assert told(of, key, group="attribute", attribute="outlet") == []
