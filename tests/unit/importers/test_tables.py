"""Tables with an article in each row: which column holds what, whoever wrote the file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers import csv_table, json_rows
from app.importers._base import File, Parts, Unread
from app.importers._columns import FIELDS, understood, written
from app.importers._parts import choose
from app.model import Origin, Published

HEAD = ("Headline", "Body", "Author", "Source", "URL", "Date", "Tags", "Tone", "Lang")
ROWS = (
    ("The wall", 'The wall stands.\n\nIt is high, and has "doors".', "Ada Marsh", "Harbour Post",
     "https://harbour.example/wall", "2024-03-04", "harbour; money", "critical", "en"),
    ("Le mur; la mer", "Le mur tient, et la mer monte.", "Claire Dubois", "Le Courrier", "", "6 mars 2024", "", "",
     "fr"),
    ("جدار", "قرر المجلس رفع الجدار.", "", "الميناء", "", "2024-03", "harbour > wall", "neutral", "Arabic"),
)  # fmt: skip


def table(delimiter: str = ",", **how: object) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, **how).writerows([HEAD, *ROWS])
    return text.getvalue()


def read(data: bytes | str, name: str = "table.csv", **options: str) -> Parts:
    data = data.encode() if isinstance(data, str) else data
    importer = choose(name, data)
    defaults = {option.key: option.default for option in importer.options}
    return importer.read(File(data, name, defaults | options))


def drafts(parts: Parts) -> list[Draft]:
    return [part for part in parts if isinstance(part, Draft)]


def check(parts: Parts) -> None:
    wall, mur, arabic = drafts(parts)
    assert wall.metadata.title == "The wall"
    assert wall.body.text == 'The wall stands.\nIt is high, and has "doors".'
    assert (wall.metadata.byline, wall.metadata.outlet) == ("Ada Marsh", "Harbour Post")
    assert wall.metadata.address == "https://harbour.example/wall"
    assert wall.metadata.published == Published.parse("2024-03-04")
    assert wall.metadata.origins["published"] is Origin.STATED
    assert wall.themes == ("harbour", "money")
    assert wall.attributes == {"Tone": "critical"}
    assert mur.metadata.title == "Le mur; la mer"
    assert mur.metadata.published == Published.parse("2024-03-06")
    assert mur.attributes == {}
    assert (arabic.metadata.language, arabic.themes) == ("ar", ("harbour > wall",))
    assert str(arabic.metadata.published) == "2024-03"
    assert [part.part for part in (wall, mur, arabic)] == ["001 The wall", "002 Le mur; la mer", "003 جدار"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_columns_are_known_by_their_names_whatever_stands_between_them(delimiter: str, quoting: int) -> None:
    check(read(table(delimiter, quoting=quoting), "table.tsv" if delimiter == "\t" else "table.csv"))


@pytest.mark.parametrize(
    "names",
    [
        ("Headline", "Full text", "Pub date", "Newspaper", "Written by", "Link"),
        ("titre", "contenu", "date de publication", "journal", "auteur", "lien"),
        ("Titel", "Inhalt", "Erscheinungsdatum", "Zeitung", "Autorin", "Link"),
        ("título", "contenido", "fecha de publicación", "periódico", "autor", "enlace"),
        ("titolo", "testo", "data di pubblicazione", "testata", "autore", "url"),
        ("Tytuł", "Treść", "Data publikacji", "Źródło", "Autor", "Link"),
        ("Заголовок", "Текст", "Дата", "Источник", "Автор", "Ссылка"),
        ("标题", "正文", "日期", "来源", "作者", "链接"),
        ("headline", "articleBody", "datePublished", "publisher.name", "author.name", "url"),
        ("title", "maintext", "date_publish", "source_domain", "authors", "url"),
    ],
)
def test_columns_of_many_languages_and_programs_are_known(names: tuple[str, ...]) -> None:
    assert understood(names).fields == ("title", "text", "published", "outlet", "byline", "address")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings_are_told(encoding: str) -> None:
    check(read(table().encode(encoding)))


def test_backslashes_before_quotation_marks_are_understood() -> None:
    check(read(table(quoting=csv.QUOTE_ALL, doublequote=False, escapechar="\\")))


def test_a_spreadsheet_may_say_what_it_puts_between_cells() -> None:
    check(read("sep=;\r\n" + table(";")))


def test_lines_may_end_as_on_any_system() -> None:
    for end in ("\n", "\r"):
        check(read(table().replace("\r\n", end)))


def test_commas_in_cells_do_not_make_columns() -> None:
    text = "title;text\n" + "".join(f"One, two, {n};Three, four, five, six\n" for n in range(9))
    assert drafts(read(text))[3].metadata.title == "One, two, 3"


def test_the_option_says_which_column_holds_what() -> None:
    text = "a,b,c\nThe wall,It stands high.,critical\n"
    with pytest.raises(ImportFailed, match=r"its columns are: a, b, c\. .*columns='text=NAME'"):
        read(text)
    (draft,) = drafts(read(text, columns="title=a; text=b;nothing=c"))
    assert (draft.metadata.title, draft.body.text, draft.attributes) == ("The wall", "It stands high.", {})
    with pytest.raises(ImportFailed, match=r"There is no column “x”\. The columns are: a, b, c"):
        read(text, columns="text=x")
    with pytest.raises(ImportFailed, match="“b” does not say which column holds what"):
        read(text, columns="b")


def test_several_columns_can_hold_the_text() -> None:
    (draft,) = drafts(read("lead,rest\nIt stands.,It falls.\n", columns="text=lead;text=rest"))
    assert draft.body.text == "It stands.\nIt falls."


def test_html_in_a_cell_is_read_as_html() -> None:
    markup = "<h2>Why</h2><p>It is <b>high</b>.</p><script>x()</script><ul><li>One</li></ul>"
    (draft,) = drafts(read(f'title,content\nWall,"{markup}"\n'))
    assert [(piece.kind, piece.text) for piece in draft.body.pieces()] == [
        ("heading", "Why"), ("paragraph", "It is high."), ("item", "One"),
    ]  # fmt: skip


def test_days_that_may_be_months_are_told_by_the_column() -> None:
    text = "text,date\nIt stands.,03/04/2024\nIt falls.,{}\n"
    first, second = drafts(read(text.format("25/04/2024")))
    assert first.metadata.published == Published.parse("2024-04-03")
    assert first.metadata.origins["published"] is Origin.DERIVED
    assert second.metadata.origins["published"] is Origin.STATED
    first, _second = drafts(read(text.format("04/25/2024")))
    assert first.metadata.published == Published.parse("2024-03-04")
    first, _second = drafts(read(text.format("05/06/2024")))
    assert first.metadata.published is None
    assert first.details["date_line"] == "03/04/2024"


def test_a_row_without_text_is_named_and_one_with_an_address_waits_for_its_text() -> None:
    there, empty, stub = read("title,text,url\nA,It stands.,\nB,,\nC,,https://x.example/\n")
    assert isinstance(there, Draft)
    assert isinstance(empty, Unread)
    assert empty.part == "002 B"
    assert isinstance(stub, Draft)
    assert stub.stub


def test_an_attribute_takes_no_field_s_name_and_no_long_text() -> None:
    text = f"text,content,language,lang,a=b\nIt stands.,{'x' * 600},en,de,1\n"
    (draft,) = drafts(read(text))
    assert draft.attributes == {"lang": "de", "a-b": "1"}
    assert draft.details == {"content": "x" * 600}
    (draft,) = drafts(read(text, columns="attribute=language"))
    assert draft.attributes["language (column)"] == "en"


def test_ragged_rows_lose_nothing() -> None:
    first, second = drafts(read("title,text,tone\nA,It stands.\nB,It falls.,good,more,and more\n"))
    assert first.attributes == {}
    assert second.details["further_cells"] == ("more", "and more")


def test_jsonl_and_json_hold_the_same_rows() -> None:
    objects = [dict(zip(HEAD, row, strict=True)) for row in ROWS]
    check(read("\n".join(json.dumps(one, ensure_ascii=False) for one in objects), "table.jsonl"))
    check(read(json.dumps(objects), "table.json"))
    check(read(json.dumps({"status": "ok", "articles": objects}, indent=1), "table.json"))


def test_a_list_in_a_cell_is_read_as_json_where_it_is_json() -> None:
    table = 'title,text,tags\nWall,It stands.,"[""politics\\/eu"", ""\\u00e9t\u00e9""]"\n'
    assert drafts(read(table, "table.csv"))[0].themes == ("politics/eu", "été")


def test_what_lies_inside_an_object_goes_by_its_path() -> None:
    one = {"title": "Wall", "content": "It stands.", "source": {"id": None, "name": "Harbour Post"}, "tags": ["a", "b"],
           "author": {"name": "Ada Marsh"}, "n": 3, "ok": True}  # fmt: skip
    (draft,) = drafts(read(json.dumps([one]), "news.json"))
    assert (draft.metadata.outlet, draft.metadata.byline) == ("Harbour Post", "Ada Marsh")
    assert draft.themes == ("a", "b")
    assert draft.attributes == {"n": "3", "ok": "yes"}


ORIGINS = [
    {"headline": "Wall", "articleBody": "It is high.", "datePublished": "2024-03-04", "author": {"name": "Ada Marsh"}},
    {
        "title": "Pier",
        "maintext": "It is long.",
        "date_publish": "2024-03-05 10:00:00",
        "authors": ["Ben Lowe", "Cy Hill"],
    },
    {"heading": "Quay", "content": "<p>It is low.</p>", "published": "2024-03-06", "byline": "Jo Roe"},
]


def as_lines(rows: list[dict[str, object]]) -> str:
    return "\n".join(json.dumps(row) for row in rows)


def as_cells(rows: list[dict[str, object]]) -> str:
    """Return the same as a CSV file."""
    flattened = [json_rows.flat(row) for row in rows]
    target = io.StringIO()
    writer = csv.DictWriter(target, list(dict.fromkeys(name for row in flattened for name in row)))
    writer.writeheader()
    writer.writerows(flattened)
    return target.getvalue()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
@pytest.mark.parametrize(("name", "made"), [("rows.jsonl", as_lines), ("rows.csv", as_cells)])
def test_rows_of_several_origins_may_name_one_thing_differently(
    name: str, made: Callable[[list[dict[str, object]]], str], order: tuple[int, ...]
) -> None:
    found = {draft.metadata.title: draft for draft in drafts(read(made([ORIGINS[number] for number in order]), name))}
    assert [(found[title].body.text, found[title].metadata.byline) for title in ("Wall", "Pier", "Quay")] == [
        ("It is high.", "Ada Marsh"), ("It is long.", "Ben Lowe, Cy Hill"), ("It is low.", "Jo Roe"),
    ]  # fmt: skip
    assert [str(found[title].metadata.published)[-2:] for title in ("Wall", "Pier", "Quay")] == ["04", "05", "06"]
    assert not any(draft.stub or draft.attributes for draft in found.values())


def test_what_stands_beside_a_day_is_no_other_day_where_that_is_missing() -> None:
    text = "title,text,published,created_at\nWall,It is high.,2024-03-04,2026-01-01\nPier,It is long.,,2026-01-01\n"
    wall, pier = drafts(read(text))
    assert (str(wall.metadata.published), pier.metadata.published) == ("2024-03-04", None)
    assert pier.attributes == {"created_at": "2026-01-01"}


def test_what_a_column_holds_by_the_word_of_the_reader_no_other_stands_in_for() -> None:
    text = "title,text,body\nWall,It is high.,\nPier,,It is long.\n"
    assert [one.body.text for one in drafts(read(text))] == ["It is high.", "It is long."]
    wall, pier = read(text, columns="text=text")
    assert isinstance(wall, Draft)
    assert isinstance(pier, Unread)


def test_objects_far_down_a_file_have_their_names_too() -> None:
    many = [{"title": f"Wall {number}", "text": f"It is {number} metres high."} for number in range(2_500)]
    found = drafts(read(as_lines([*many, ORIGINS[0]]), "rows.jsonl"))
    assert (found[-1].metadata.title, found[-1].body.text) == ("Wall", "It is high.")


def test_a_line_that_is_no_object_is_named() -> None:
    draft, bad = read('{"text": "It stands."}\n{"text": \n', "table.jsonl")
    assert isinstance(draft, Draft)
    assert isinstance(bad, Unread)
    assert bad.part == "line 2"


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.csv", ""), ("a.csv", "\n\n"), ("a.csv", "title,text\n"), ("a.json", "[]"), ("a.json", "{"),
     ("a.json", "[" * 9999), ("a.jsonl", "no json"), ("a.json", "[1, 2]"), ("a.json", "")],
)  # fmt: skip
def test_what_holds_no_rows_is_refused_with_a_sentence(name: str, text: str) -> None:
    with pytest.raises(ImportFailed):
        read(text, name)


def test_nuls_and_a_very_long_cell_are_read() -> None:
    (draft,) = drafts(read(b"title,text\nA,It\0 stands. " + b"x" * 2_000_000 + b"\n"))
    assert draft.body.text.startswith("It stands.")
    assert len(draft.body.text) > 2_000_000


CELLS = st.text(alphabet="ab,;|\t\"'\\\n. ", max_size=12)


@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_a_program_writes_is_what_is_read(cells: list[tuple[str, str]], delimiter: str, quoting: int) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting)
    writer.writerow(["text", "one", "two"])
    writer.writerows([f"It is row {number}.", *row] for number, row in enumerate(cells))
    found = drafts(read(text.getvalue()))
    assert [draft.body.text for draft in found] == [f"It is row {number}." for number in range(len(cells))]
    assert [(draft.attributes.get("one", ""), draft.attributes.get("two", "")) for draft in found] == [
        (one.strip(), two.strip()) for one, two in cells
    ]


@given(st.lists(st.tuples(st.text(max_size=8), st.sampled_from(FIELDS)), min_size=1, max_size=6))
def test_what_the_option_says_is_what_is_understood(pairs: list[tuple[str, str]]) -> None:
    names = understood([name for name, _field in pairs]).names
    fields = dict(zip(names, [field for _name, field in pairs], strict=True))
    plain = [" ".join(name.casefold().split()) for name in names]
    if len(set(plain)) == len(plain):
        found = understood(names, written(fields))
        assert dict(zip(found.names, found.fields, strict=True)) == fields


@given(st.binary(max_size=300), st.sampled_from([b"", b"title,text\n", b'{"text": "', b'[{"text": "', b'"']))
def test_random_bytes_give_rows_or_a_sentence(data: bytes, head: bytes) -> None:
    for module in (csv_table, json_rows):
        for call in (module.read, module.columns):
            try:
                call(File(head + data, "x"))
            except ImportFailed as error:
                said = error.hint
            else:
                said = "rows"
            assert said


LINKS = "Title,Url,Author,Publication Title,Date,Manual Tags,Abstract Note\n"


def test_a_list_of_titles_and_addresses_waits_for_its_articles() -> None:
    summary = "A long summary. " * 60
    parts = read(f"{LINKS}The wall,https://harbour.example/wall,Ada Marsh,Harbour Post,2024-03-04,a; b,{summary}\n")
    (wall,) = drafts(parts)
    assert wall.stub
    assert (wall.metadata.title, wall.metadata.outlet) == ("The wall", "Harbour Post")
    assert (wall.metadata.address, wall.themes) == ("https://harbour.example/wall", ("a", "b"))
    (story,) = drafts(
        read("stories_id,title,url,publish_date,media_name\n1,Wall,https://h.example/1,2024-06-04,Post\n")
    )
    assert story.stub
    assert (story.metadata.outlet, story.metadata.published) == ("Post", Published.parse("2024-06-04"))


def test_a_list_with_a_column_that_may_be_the_text_asks_which_it_is() -> None:
    with pytest.raises(ImportFailed, match="No column of"):
        read(f"Title,Url,Words\nThe wall,https://harbour.example/wall,{'The wall stands. ' * 60}\n")


def test_a_year_of_two_figures_is_read_as_spreadsheets_mean_it() -> None:
    rows = ("Wall,4-Jun-24,It stands.", "Pier,4-Jun-94,It is long.", "Quay,4-Xyz-24,It cracks.")
    found = drafts(read("title,date,text\n" + "\n".join(rows)))
    days = [draft.metadata.published for draft in found]
    assert days == [Published.parse("2024-06-04"), Published.parse("1994-06-04"), None]
    assert found[0].metadata.origins["published"] is Origin.DERIVED
    assert found[2].details["date_line"] == "4-Xyz-24"


def test_a_source_is_an_address_beside_the_name_of_its_site() -> None:
    said = {"title": "Wall", "text": "It stands.", "source": "https://h.example/1", "source-hostname": "Post"}
    (wall,) = drafts(read(json.dumps(said), "page.json"))
    assert (wall.metadata.outlet, wall.metadata.address) == ("Post", "https://h.example/1")
    del said["source-hostname"]
    assert drafts(read(json.dumps({**said, "source": "Post"}), "page.json"))[0].metadata.outlet == "Post"


@pytest.mark.parametrize(
    ("cell", "language", "byline"),
    [
        ("By Ada Marsh", "en", "Ada Marsh"), ("BY ADA MARSH and Bo Ek", "en", "ADA MARSH and Bo Ek"),
        ("Par Claire Dubois", "fr", "Claire Dubois"), ("Von Annegret Poll", "de", "Annegret Poll"),
        ("di Pietro Galli", "it", "Pietro Galli"), ("Hazırlayan: Ayşe Yılmaz", "tr", "Ayşe Yılmaz"),
        ("Di Canio Paolo", "it", "Di Canio Paolo"),
        ("von der Marsh, Ada", "de", "von der Marsh, Ada"), ("Byron Marsh", "en", "Byron Marsh"),
    ],
)  # fmt: skip
def test_a_byline_in_a_cell_names_who_wrote_without_a_word_for_by(cell: str, language: str, byline: str) -> None:
    text = table_of(["Headline", "Body", "Author", "Lang"], ["The wall", "It stands.", cell, language])
    (draft,) = drafts(read(text))
    assert draft.metadata.byline == byline


@pytest.mark.parametrize("nothing", ["nan", "NaN", "None", "null", "NULL", "NaT", "<NA>", "#N/A"])
def test_words_that_programs_write_for_nothing_are_nothing(nothing: str) -> None:
    text = table_of(["Headline", "Body", "Author", "Source", "Date"], ["The wall", "It stands."] + 3 * [nothing])
    (draft,) = drafts(read(text))
    assert (draft.metadata.byline, draft.metadata.outlet, draft.metadata.published) == (None, None, None)
    assert dict(draft.details) == {}


def table_of(*rows: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def answer_of_a_site() -> str:
    return json.dumps([{
        "id": 12, "date": "2025-03-04T06:00:00", "link": "https://h.example/wall", "slug": "wall",
        "title": {"rendered": "Who pays &#8211; and why &amp; when"}, "guid": {"rendered": "https://h.example/?p=12"},
        "excerpt": {"rendered": "<p>Short</p>", "protected": False},
        "content": {"rendered": "<p>The wall stands.</p><h2>Cost</h2><p>It is high.</p>", "protected": False},
    }])  # fmt: skip


def answer_of_a_newspaper() -> str:
    return json.dumps({"response": {"status": "ok", "total": 1, "results": [{
        "id": "business/wall", "type": "article", "sectionId": "business", "sectionName": "Business",
        "webPublicationDate": "2025-03-04T06:00:00Z", "webTitle": "Who pays", "webUrl": "https://h.example/wall",
        "apiUrl": "https://api.h.example/wall", "pillarName": "News",
        "fields": {"headline": "Who pays – and why & when", "byline": "Ada Marsh in Rye", "wordcount": "80",
                   "body": "<p>The wall stands.</p><h2>Cost</h2><p>It is high.</p>"},
    }]}})  # fmt: skip


def answer_of_an_archive() -> str:
    return json.dumps({"status": "OK", "response": {"docs": [{
        "web_url": "https://h.example/wall", "snippet": "The wall", "source": "Harbour Post", "_id": "h://1",
        "lead_paragraph": "The wall stands.\n\nCost\n\nIt is high.", "pub_date": "2025-03-04T06:00:00+0000",
        "headline": {"main": "Who pays – and why & when", "kicker": "Costs", "name": None},
        "byline": {"original": "By Ada Marsh", "person": []}, "section_name": "Business",
    }]}})  # fmt: skip


@pytest.mark.parametrize("answer", [answer_of_a_site, answer_of_a_newspaper, answer_of_an_archive])
def test_what_sites_answer_programs_holds_its_articles_further_in(answer: Callable[[], str]) -> None:
    (draft,) = drafts(read(answer(), "answer.json"))
    known = draft.metadata
    assert known.title == "Who pays – and why & when"
    assert (known.address, str(known.published)) == ("https://h.example/wall", "2025-03-04")
    assert [piece.text for piece in draft.body.pieces()] == ["The wall stands.", "Cost", "It is high."]
    if answer is not answer_of_a_site:
        assert (known.section, (known.byline or "")[:9]) == ("Business", "Ada Marsh")


def test_what_lies_further_in_does_not_stand_in_for_what_a_row_says_itself() -> None:
    row = {"title": "Who pays", "text": "The wall stands.", "data": {"title": "Page 12", "text": "12"}}
    (draft,) = drafts(read(json.dumps([row]), "rows.json"))
    assert (draft.metadata.title, draft.body.text) == ("Who pays", "The wall stands.")
    assert draft.attributes == {"data.title": "Page 12", "data.text": "12"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_a_sheet_that_was_saved_as_text_is_a_table(encoding: str) -> None:
    check(read(table("\t", lineterminator="\r\n").encode(encoding), "sheet.txt"))


def test_a_text_with_a_table_in_it_is_no_table_of_articles() -> None:
    prices = "Pier\tText\tDate\nThe wall stands, and nobody knows for how long it will.\nNorth\t12\t2024\n"
    lengths = "Pier\tLength\tDate\nNorth\t12\t2024\nSouth\t14\t2023\n"
    assert len(drafts(read(prices, "prices.txt"))) == len(drafts(read(lengths, "lengths.txt"))) == 1


def test_a_text_in_pieces_that_say_how_they_are_shown_is_one_text() -> None:
    shown = [{"type": "bold", "text": "The wall stands."}, "\n\nIt is ", {"type": "link", "text": "high"}, "."]
    messages = [
        {"id": 2, "date": "2025-03-04T10:00:00", "from": "Harbour Channel", "text": shown},
        {"id": 3, "date": "2025-03-05T10:00:00", "from": "Harbour Channel", "text": "It fell."},
        {"id": 4, "from": "Harbour Channel", "text": [{"text": "It rose."}, {"text": "It fell."}]},
    ]
    first, second, third = drafts(read(json.dumps({"name": "Harbour Channel", "messages": messages}), "result.json"))
    assert [piece.text for piece in first.body.pieces()] == ["The wall stands.", "It is high."]
    assert (first.metadata.byline, str(first.metadata.published)) == ("Harbour Channel", "2025-03-04")
    assert second.body.text == "It fell."
    assert third.body.text == "It rose.\nIt fell."
