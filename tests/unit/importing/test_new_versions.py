"""What comes again, changed: the article that is there takes it over, and no article is lost to another one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.drafts import Draft
from app.importing.reporting import ImportReport
from app.importing.taking import Taking
from app.library.articles import Source
from app.model import LeftOut, Metadata, State
from app.text.body import Body
from app.workspace import Workspace
from tests.libraries import imported, sound

PAGE = "https://example.org/harbour/tides"
TIDES = (
    "The water rises twice a day in the harbour, and nobody there looks up from the nets. "
    "A clerk has written down its height every morning since the flood of the year before last."
)
WHALES = (
    "Nine whales were seen from the pier on Sunday, which nobody in the town can remember. "
    "They stayed until the evening and then turned to the north, where the herring is."
)


def brought(workspace: Workspace, folder: Path, **columns: str) -> ImportReport:
    """Import a file with one article that has these columns."""
    file = folder / "articles.jsonl"
    file.write_text(json.dumps(columns) + "\n")
    report = imported(workspace, file)
    assert not report.failed
    return report


def titles(workspace: Workspace) -> set[str | None]:
    return {article.metadata.title for article in workspace.articles.by_keys(workspace.articles.keys())}


@pytest.mark.parametrize("address", [PAGE, "https://example.org/", "https://example.org"])
def test_another_article_with_the_same_address_is_another_article(workspace, tmp_path, address):
    brought(workspace, tmp_path, title="Tides", text=TIDES, url=address)
    report = brought(workspace, tmp_path, title="Whales", text=WHALES, url=address)
    assert (len(report.added), len(report.updated)) == (1, 0)
    assert titles(workspace) == {"Tides", "Whales"}


@pytest.mark.parametrize("title", ["Tides", "Tides (updated)"])
def test_each_of_several_at_one_address_gets_its_own_new_version(workspace, tmp_path, title):
    brought(workspace, tmp_path, title="Tides", text=TIDES, url=PAGE)
    brought(workspace, tmp_path, title="Whales", text=WHALES, url=PAGE)
    report = brought(workspace, tmp_path, title=title, text=f"{TIDES} It is asked why.", url=PAGE)
    assert [one.title for one in report.updated] == [title]
    assert titles(workspace) == {title, "Whales"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (PAGE, f"{PAGE}?utm_source=letter&utm_medium=mail"),
        (f"{PAGE}?fbclid=abc", f"{PAGE}/"),
        (f"{PAGE}?id=5&ref=home", "http://www.example.org/harbour/tides?id=5"),
        (f"{PAGE}#comments", PAGE),
    ],
)
def test_one_page_has_one_article_however_its_visitors_are_counted(workspace, tmp_path, first, second):
    brought(workspace, tmp_path, title="Tides", text=TIDES, url=first)
    report = brought(workspace, tmp_path, title="Tides", text=f"{TIDES} It is asked why.", url=second)
    assert (len(report.added), len(report.updated)) == (0, 1)


@pytest.mark.parametrize(
    ("first", "second"), [(f"{PAGE}?id=5", f"{PAGE}?id=6"), (PAGE, f"{PAGE}/2"), (PAGE, f"{PAGE}-of-old")]
)
def test_pages_that_an_address_tells_apart_are_two(workspace, tmp_path, first, second):
    brought(workspace, tmp_path, title="Tides", text=TIDES, url=first)
    report = brought(workspace, tmp_path, title="Tides", text=f"{TIDES} It is asked why.", url=second)
    assert (len(report.added), len(report.updated)) == (1, 0)


def test_an_article_that_was_written_anew_under_its_title_and_date_is_a_new_version(workspace, tmp_path):
    brought(workspace, tmp_path, title="Tides", text=TIDES, url=PAGE, date="2025-03-04")
    report = brought(workspace, tmp_path, title="Tides", text=WHALES, url=PAGE, date="2025-03-04")
    assert len(report.updated) == 1


def test_what_says_nothing_of_an_article_under_its_title_is_another(workspace, tmp_path):
    brought(workspace, tmp_path, title="Tides", text=TIDES, url=PAGE)
    report = brought(workspace, tmp_path, title="Tides", text=WHALES, url=PAGE)
    assert (len(report.added), len(report.updated)) == (1, 0)


def test_the_second_page_of_an_article_does_not_replace_the_first(workspace, tmp_path):
    def long(word: str) -> str:
        return " ".join(f"In {word} {number} it rose." for number in range(40))

    brought(workspace, tmp_path, title="A century of tides", text=long("spring"), url=PAGE)
    brought(workspace, tmp_path, title="A century of tides", text=long("autumn"), url=PAGE)
    report = brought(workspace, tmp_path, title="A century of tides", text=long("spring") + " Then it fell.", url=PAGE)
    assert len(report.updated) == 1
    assert workspace.articles.count() == 2
    assert workspace.search("autumn").total == 1


def test_a_changed_file_is_a_new_version_though_it_gives_the_front_page_for_its_address(workspace, tmp_path):
    brought(workspace, tmp_path, title="Tides", text=TIDES, url="https://example.org/")
    report = brought(workspace, tmp_path, title="Tides", text=f"{TIDES} It is asked why.", url="https://example.org/")
    assert len(report.updated) == 1


def test_a_bookmark_of_a_site_is_no_bookmark_of_an_article_that_gives_it_for_its_address(workspace, tmp_path):
    brought(workspace, tmp_path, title="Tides", text=TIDES, url="https://example.org/")
    bookmarks = tmp_path / "bookmarks.html"
    bookmarks.write_text(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n"
        '<DT><A HREF="https://example.org/" TAGS="news">The Example</A>\n</DL>\n'
    )
    imported(workspace, bookmarks)
    assert titles(workspace) == {"Tides", "The Example"}
    assert workspace.search("theme:news title:tides").total == 0


def test_a_bookmark_becomes_the_article_at_its_address_under_any_title(workspace, tmp_path):
    bookmarks = tmp_path / "bookmarks.html"
    bookmarks.write_text(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n"
        f'<DT><A HREF="{PAGE}" TAGS="news">To read</A>\n</DL>\n'
    )
    imported(workspace, bookmarks)
    report = brought(workspace, tmp_path, title="Tides", text=TIDES, url=PAGE)
    assert len(report.updated) == 1
    assert workspace.search("theme:news title:tides").total == 1


def test_what_comes_later_with_an_article_is_put_on_it(workspace, tmp_path):
    told = {"tags": "Sea", "note": "Ask the clerk", "Tone": "calm"}
    brought(workspace, tmp_path, title="Tides", text=TIDES, url=PAGE)
    report = brought(workspace, tmp_path, title="Tides", text=TIDES, url=PAGE, **told)
    (key,) = (one.key for one in report.updated)
    (article,) = workspace.articles.by_keys([key])
    assert [theme.name for theme in workspace.themes.all() if theme.id in article.themes] == ["Sea"]
    assert (article.note, dict(article.attributes)) == ("Ask the clerk", {"Tone": "calm"})
    again = brought(workspace, tmp_path, title="Tides ", text=TIDES, url=PAGE, **told)
    assert (len(again.duplicates), again.step) == (1, None)
    assert sound(workspace) == []


def test_what_comes_with_a_new_version_is_put_on_the_article(workspace, tmp_path):
    brought(workspace, tmp_path, title="Tides", text=TIDES, url=PAGE, tags="Sea", note="Mine", Tone="calm")
    told = {"tags": "Harbour", "note": "Theirs", "Tone": "loud", "Genre": "report"}
    report = brought(workspace, tmp_path, title="Tides", text=f"{TIDES} It is asked why.", url=PAGE, **told)
    (article,) = workspace.articles.by_keys([one.key for one in report.updated])
    assert {theme.name for theme in workspace.themes.all() if theme.id in article.themes} == {"Sea", "Harbour"}
    assert (article.note, dict(article.attributes)) == ("Mine\n\nTheirs", {"Tone": "calm", "Genre": "report"})


def test_how_far_a_reader_was_comes_with_a_new_version(workspace, tmp_path):
    for text, done in ((TIDES, 0), (f"{TIDES} It is asked why.", 1)):
        entry = {"title": "Tides", "url": PAGE, "is_archived": done, "content": f"<p>{text}</p>"}
        (tmp_path / "wallabag.json").write_text(json.dumps([entry]))
        imported(workspace, tmp_path / "wallabag.json")
    (article,) = workspace.articles.by_keys(workspace.articles.keys())
    assert article.state is State.ARCHIVED


GREETING = "Good morning. Here is what you need to know before the day begins, gathered for you in the harbour."


def briefing(workspace: Workspace, folder: Path, day: str, text: str) -> ImportReport:
    """Import the briefing of a day, which is written over the one of the day before."""
    file = folder / "briefing.md"
    date = f"date: {day}\n" if day else ""
    file.write_text(f"---\ntitle: Morning briefing\n{date}---\n\n{GREETING}\n\n{text}\n")
    return imported(workspace, file)


@pytest.mark.parametrize("days", [("2025-03-03", "2025-03-04"), ("", "")])
def test_the_briefing_of_the_next_day_is_another_article(workspace, tmp_path, days):
    text = " ".join(f"{TIDES} That was said {number} times." for number in range(3))
    (first,) = briefing(workspace, tmp_path, days[0], text).added
    workspace.highlights.add_quote(first.key, "A clerk has written down its height")
    report = briefing(workspace, tmp_path, days[1], " ".join(f"{WHALES} There were {n}." for n in range(3)))
    assert (len(report.added), len(report.updated)) == (1, 0)
    assert workspace.highlights.orphans() == []
    assert workspace.search("clerk").total == workspace.search("herring").total == 1


def test_the_briefing_of_the_day_that_was_mended_is_a_new_version(workspace, tmp_path):
    briefing(workspace, tmp_path, "2025-03-03", TIDES)
    assert len(briefing(workspace, tmp_path, "2025-03-03", WHALES).updated) == 1
    # its date was wrong, and hardly anything else
    assert len(briefing(workspace, tmp_path, "2025-03-02", f"{WHALES} It is asked why.").updated) == 1


def test_articles_of_one_title_in_two_outlets_replace_one_another_never(workspace, tmp_path):
    text = f"{TIDES} {WHALES}"
    brought(workspace, tmp_path, title="Digest", text=text, outlet="The Globe")
    report = brought(workspace, tmp_path, title="Digest", text=f"{text} More tomorrow.", outlet="The Chronicle")
    assert (len(report.added), len(report.updated)) == (1, 0)
    assert {one.metadata.outlet for one in workspace.articles.by_keys(workspace.articles.keys())} == {
        "The Globe", "The Chronicle",
    }  # fmt: skip


def test_what_the_reader_corrected_makes_no_other_article_of_a_new_version(workspace, tmp_path):
    told = {"title": "Business digest", "outlet": "globe.example", "date": "2025-03-03"}
    (first,) = brought(workspace, tmp_path, text=f"{TIDES} {WHALES}", **told).added
    workspace.articles.edit(first.key, {"outlet": "The Harbour Globe", "published": "2025-03-05"})
    report = brought(workspace, tmp_path, text=f"{TIDES} {WHALES} More tomorrow.", **told)
    assert [one.id for one in report.updated] == [first.id]


CORRECTION = "Correction: an earlier text named another pier."
ALSO = "Read also: boats"


def test_what_was_cut_and_put_back_by_hand_stays_so_in_a_new_version(workspace, tmp_path):
    def read(*more: str) -> int:
        out = (LeftOut("related", CORRECTION, 1), LeftOut("share", "Share this", 2))
        draft = Draft(Body.of([TIDES, ALSO, WHALES, *more, ALSO]), Metadata(title="Tides"), out)
        with workspace.library.deed("Import"):
            return Taking(workspace.holdings).take(draft, Source("t.html", "/t.html")).key

    key = read()
    workspace.bodies.leave_out(key, 1)
    workspace.bodies.keep(key, 0)
    workspace.highlights.add_quote(key, "named another pier")
    for more in (("It is asked why.",), ("It is asked why.", "Nobody knows.")):
        assert read(*more) == key
        content = workspace.bodies.content(key)
        assert content.body.text.split("\n") == [TIDES, CORRECTION, WHALES, *more, ALSO]
        assert [(piece.kind, piece.text) for piece in content.left_out] == [
            ("by hand", ALSO), ("share", "Share this"),
        ]  # fmt: skip
    assert workspace.highlights.orphans() == []
    assert sound(workspace) == []
