"""Writes the downloads of news databases beside it: needs pandoc and LibreOffice. The layouts are those of the
databases, field by field; the articles were written for these tests.

    python3 tests/data/imports/make_news.py
"""

from __future__ import annotations

import html
import subprocess
import textwrap
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Article:
    title: str
    outlet: str
    day: str
    byline: str
    section: str
    page: str
    language: str
    text: tuple[str, ...]


ARTICLES = (
    Article(
        "Harbour wall to be raised by a metre",
        "The Daily Harbour",
        "March 4, 2024 Monday",
        "Ada Marsh and Ben Lowe",
        "NEWS",
        "3",
        "ENGLISH",
        (
            (
                "The wall that keeps the sea out of Northport will be raised by a metre before next winter, the "
                "council decided on Monday evening after a debate of six hours."
            ),
            (
                "“We have measured for ten years, and the sea does not wait,” said the harbour master. The work is to "
                "cost 12 million and to begin in May."
            ),
            "Subject to approval: the ministry still has to sign. Copyright was not discussed.",
            "In a first step, the pier will be closed for three weeks.",
        ),
    ),
    Article(
        "Le port fermé pendant trois semaines",
        "Le Courrier du Port",
        "mercredi 6 mars 2024",
        "Claire Dubois",
        "Idées",
        "27",
        "FRENCH; FRANÇAIS",
        (
            "Le port de la ville restera fermé pendant trois semaines au mois de mai, a annoncé la mairie mercredi.",
            "Les pêcheurs demandent une aide pour la durée des travaux, et une réponse avant la fin du mois de mars.",
        ),
    ),
    Article(
        "رفع جدار الميناء مترا واحدا",
        "صحيفة الميناء",
        "March 7, 2024 Thursday",
        "ليلى حداد",
        "أخبار",
        "1",
        "ARABIC; العربية",
        (
            "قرر مجلس المدينة رفع جدار الميناء مترا واحدا قبل الشتاء القادم بعد نقاش طويل.",
            "وقال مدير الميناء إن العمل سيبدأ في شهر مايو من هذا العام.",
        ),
    ),
)


def nexis_new() -> list[tuple[str, str]]:
    """Return the paragraphs of a download in the new layout, each with the HTML element that it is."""
    lines = [("p", "Date and Time: Friday, March 8, 2024 10:12:00 AM GMT"), ("p", "Job Number: 217843190"),
             ("p", "Documents (3)")]  # fmt: skip
    for number, one in enumerate(ARTICLES, 1):
        lines += [("p", f"{number}. {one.title}"), ("p", "Client/Matter: -None-"),
                  ("p", "Search Terms: harbour wall"), ("p", "Search Type: Terms and Connectors"),
                  ("p", "Narrowed by:"),
                  ("p", "Content Type Narrowed by News Timeline: 01 Jan, 2024 to 31 Dec, 2024")]  # fmt: skip
    for number, one in enumerate(ARTICLES):
        words = sum(len(line.split()) for line in one.text)
        lines += [("h1", one.title), ("p", one.outlet), ("p", one.day),
                  ("p", f"Copyright 2024 {one.outlet} All Rights Reserved"),
                  ("p", f"Section:{NBSP}{one.section}; Pg. {one.page}"), ("p", f"Length:{NBSP}{words} words"),
                  ("p", f"Byline:{NBSP}{one.byline}"), ("p", "Body"), ("p", "Link to Image")]  # fmt: skip
        lines += [("p", line) for line in one.text]
        if number == 0:
            lines += [("p", "Graphic"), ("p", "Photo: the wall at low tide"), ("p", "Classification")]
        lines += [("p", f"Language:{NBSP}{one.language}"), ("p", f"Publication-Type:{NBSP}Newspaper"),
                  ("p", f"Load-Date:{NBSP}March 8, 2024"), ("p", "End of Document")]  # fmt: skip
    return lines


def nexis_old() -> str:
    """Return a download in the old layout: broken by width, outlet and date centred."""
    lines = ["", "Download Request: Selected Items: 1-3", "Time Of Request: Friday, March 8, 2024  16:51:31", "",
             "Terms: (harbour wall)", "", ""]  # fmt: skip
    for number, one in enumerate(ARTICLES, 1):
        lines += [f"{number} of {len(ARTICLES)} DOCUMENTS".center(78).rstrip(), "", "", "",
                  one.outlet.center(78).rstrip(),
                  "", one.day.center(78).rstrip(), "Edition 1;".center(78).rstrip(), "National".center(78).rstrip(), "",
                  *textwrap.wrap(one.title, 78), "", f"BYLINE: {one.byline}", "",
                  f"SECTION: {one.section}; Pg. {one.page}", "", "LENGTH: 86 words", ""]  # fmt: skip
        for line in one.text:
            lines += [*textwrap.wrap(line, 78), ""]
        lines += ["LOAD-DATE: March 8, 2024", "", f"LANGUAGE: {one.language}", "", "PUBLICATION-TYPE: Newspaper", "",
                  "", f"Copyright 2024 {one.outlet}".center(78).rstrip(), "All Rights Reserved".center(78).rstrip(),
                  ""]  # fmt: skip
    return "\n".join(lines)


def nexis_old_page() -> str:
    """Return a download in the old layout as HTML."""
    body = []
    for number, one in enumerate(ARTICLES, 1):
        body += [f"<!-- Hide XML section from browser\n<DOC NUMBER={number}>\n<DOCFULL> -->",
                 f'<BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">{number} of 3 DOCUMENTS</SPAN></P></DIV>',
                 f'<BR><DIV CLASS="c0"><BR><P CLASS="c1"><SPAN CLASS="c2">{one.outlet}</SPAN></P></DIV>',
                 f'<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">{one.day}</SPAN>&nbsp;</P></DIV>',
                 f'<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">{one.title}; <BR>From our desk</SPAN></P></DIV>',
                 ]  # fmt: skip
        for label, value in (
            ("BYLINE", one.byline),
            ("SECTION", f"{one.section}; Pg. {one.page}"),
            ("LENGTH", "86 words"),
        ):
            body.append(
                f'<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">{label}: </SPAN><SPAN>{value}</SPAN></P></DIV>'
            )
        body.append('<BR><DIV CLASS="c5">')
        body += [f'<P CLASS="c9"><SPAN CLASS="c2">{html.escape(line)}</SPAN></P>' for line in one.text]
        body.append("</DIV>")
        for label, value in (("LOAD-DATE", "March 8, 2024"), ("LANGUAGE", one.language)):
            body.append(
                f'<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">{label}: </SPAN><SPAN>{value}</SPAN></P></DIV>'
            )
        body.append(
            f'<BR><DIV CLASS="c0"><BR><P CLASS="c1">Copyright 2024 {one.outlet}<BR>All Rights Reserved</P></DIV>'
        )
    whole = "\n".join(body)
    return f'<HTML>\n<HEAD><META CHARSET="utf-8"><TITLE>&nbsp;</TITLE></HEAD>\n<BODY>\n{whole}\n</BODY></HTML>\n'


def factiva_rows(number: int, one: Article) -> list[tuple[str, tuple[str, ...]]]:
    """Return the fields of an article with their codes."""
    days = ("4 March 2024", "6 mars 2024", "7 March 2024")
    languages = ("English", "French", "Arabic")
    return [
        ("SE", (one.section,)), ("HD", (one.title,)), ("BY", (one.byline,)), ("WC", ("86 words",)),
        ("PD", (days[number],)), ("ET", ("12:30",)), ("SN", (one.outlet,)), ("SC", ("DLYHRB",)), ("PG", (one.page,)),
        ("LA", (languages[number],)), ("CY", (f"Copyright 2024 {one.outlet}",)), ("LP", one.text[:1]),
        ("TD", one.text[1:]), ("CO", ("nrthpt : Northport Harbour Company",)), ("IN", ("iport : Ports",)),
        ("NS", ("gcat : Political/General News | genv : Environment",)), ("RE", ("uk : United Kingdom",)),
        ("PUB", (f"{one.outlet} Limited",)), ("AN", (f"Document DLYHRB0020240{304 + number}ek3{number}00001",)),
    ]  # fmt: skip


def factiva_codes() -> str:
    """Return the coded layout as plain text."""
    lines = []
    for number, one in enumerate(ARTICLES):
        for code, values in factiva_rows(number, one):
            lines += [f"{code:<4}{values[0]}"]
            lines += [f"\n    {value}" for value in values[1:]]
        lines += ["", "\f"]
    return "\n".join(lines)


def factiva_codes_page() -> str:
    """Return the coded layout as HTML."""
    articles = []
    for number, one in enumerate(ARTICLES):
        rows = "".join(
            f"<tr><td valign='top' class='index'><b>{code}</b>&nbsp;</td><td>"
            + "".join(f'<p class="articleParagraph enarticleParagraph">{html.escape(value)}</p>' for value in values)
            + "</td></tr>\n"
            for code, values in factiva_rows(number, one)
        )
        articles.append(f'<div class="article enArticle"><table>{rows}</table></div><br><span></span>')
    return _factiva_page("".join(articles))


def factiva_display() -> str:
    """Return the display layout, without codes, as HTML."""
    articles = []
    for number, one in enumerate(ARTICLES):
        row = dict(factiva_rows(number, one))
        plain = "".join(f"<div>{row[code][0]}</div>" for code in ("WC", "PD", "ET", "SN", "SC", "PG", "LA", "CY"))
        text = "".join(f'<p class="articleParagraph enarticleParagraph">{html.escape(line)}</p>' for line in one.text)
        articles.append(
            f'<div id="article-{number}" class="article"><div class="article enArticle"><p>\n</p>'
            f"<div>{one.section}</div>\n"
            f'<div id="hd"><span class="enHeadline">{one.title}</span>\n</div><div class="author">{one.byline} </div>'
            f"{plain}\n<p></p>{text}<p>{row['PUB'][0]}</p><p>{row['AN'][0]}</p></div></div><br><span></span>"
        )
    summary = "<table><tr><td>Search Summary</td></tr><tr><td>Text</td><td>harbour wall</td></tr></table>"
    return _factiva_page("".join(articles) + summary)


def _factiva_page(body: str) -> str:
    style = '<style type="text/css">' + ".icon a{display:block}" * 40 + "</style>"
    return (f'<!DOCTYPE html>\n<html><head>\n<meta charset="UTF-8">\n<title>Factiva</title>\n{style}</head><body>'
            f"{body}<div>© 2024 Factiva, Inc. All rights reserved.</div></body></html>\n")  # fmt: skip


def proquest() -> str:
    """Return a download as plain text."""
    line = "_" * 60
    parts = ["", line, "", "Report Information from ProQuest", "08 March 2024 10:12", line, "", "Table of contents", ""]
    parts += [f"{number}. {one.title}" for number, one in enumerate(ARTICLES, 1)]
    days = ("Mar 4, 2024", "Mar 6, 2024", "Mar 7, 2024")
    for number, one in enumerate(ARTICLES):
        parts += ["", line, "", one.title, "", f"Author: {one.byline}", "",
                  f"Publication info: {one.outlet} ; Northport [Northport]. {days[number]}: {one.page}.",
                  "", f"http://search.example.com/docview/29342{number}?accountid=1", "", "Links: none", "",
                  f"Abstract: {one.text[0]}", ""]  # fmt: skip
        if number < 2:
            parts += [f"Full text: {one.text[0]}", ""]
            for text in one.text[1:]:
                parts += [text, ""]
        parts += ["Subject: Harbours; Sea walls", "", "Location: Northport", "", f"Title: {one.title}", "",
                  f"Publication title: {one.outlet}", "", f"Pages: {one.page}", "", "Publication year: 2024", "",
                  f"Publication date: {days[number]}", "", f"Section: {one.section}", "",
                  "Publisher: Harbour Press", "",
                  "ISSN: 0000-0000", "", "Source type: Newspaper", "",
                  f"Language of publication: {('English', 'French', 'Arabic')[number]}", "", "Document type: News", "",
                  f"ProQuest document ID: 29342{number}", "",
                  f"Document URL: https://search.example.com/docview/29342{number}?accountid=1", "",
                  f"Copyright: Copyright {one.outlet} {days[number]}", "", "Last updated: 2024-03-08", "",
                  "Database: Harbour Newsstream"]  # fmt: skip
    parts += ["", line, "", "Contact us at: http://www.example.com Copyright © 2024 ProQuest LLC. All rights reserved."]
    return "\n".join(parts)


def europresse() -> str:
    """Return a download as HTML."""
    heads = ("Monde, lundi 4 mars 2024, p. 3", "Idées, mercredi 6 mars 2024 730 mots, p. 27", "jeudi 7 mars 2024")
    articles = []
    for number, one in enumerate(ARTICLES):
        text = "".join(f"<p>{html.escape(line)}</p>" for line in one.text)
        articles.append(
            f'<article><header><div class="rdp__DocPublicationName">'
            f'<span class="DocPublicationName">{one.outlet}, no. 43{number}'
            f'</span></div><div><span class="DocHeader">{heads[number]}</span></div>'
            f'<div class="titreArticle"><p class="sm-margin-TopNews rdp__subtitle">Enquête</p>'
            f'<p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">{one.title}</p></div>'
            f'<p class="sm-margin-bottomNews docAuthors">{one.byline}</p></header>'
            f'<section><div class="DocText clearfix"><div class="docOcurrContainer">{text}'
            f'<p><a href="https://courrier.example/{number}">Cet article est paru dans {one.outlet}</a></p>'
            f"</div></div></section>"
            f"<footer><small>© 2024 {one.outlet}. Tous droits réservés.</small>"
            f'<div class="publiC-lblNodoc">news·2024030{(4, 6, 7)[number]}·CP·{number}</div></footer></article>'
        )
    return (f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>Europresse</title></head><body>'
            f"{''.join(articles)}</body></html>\n")  # fmt: skip


def europresse_text() -> str:
    """Return a download as plain text."""
    heads = ("Monde, lundi 4 mars 2024, p. 3", "Idées, mercredi 6 mars 2024, p. 27", "jeudi 7 mars 2024")
    lines = []
    for number, one in enumerate(ARTICLES):
        lines += [f"{one.outlet}, no. 43{number}", heads[number], "", one.title, "", one.byline, ""]
        for text in one.text:
            lines += [text, ""]
        lines += [f"© 2024 {one.outlet}. Tous droits réservés.", "",
                  f"news·2024030{(4, 6, 7)[number]}·CP·{number}", "", ""]  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    """Write all of them."""
    for name, text in {
        "nexis-old.txt": nexis_old(), "nexis-old.html": nexis_old_page(), "factiva-codes.txt": factiva_codes(),
        "factiva-codes.html": factiva_codes_page(), "factiva-display.html": factiva_display(),
        "proquest.txt": proquest(), "europresse.html": europresse(), "europresse.txt": europresse_text(),
        "nexis.txt": "\n".join(text for _kind, text in nexis_new()),
    }.items():  # fmt: skip
        (HERE / name).write_text(text, encoding="utf-8")
    pages = {
        "nexis": "".join(f"<{kind}>{html.escape(text)}</{kind}>\n" for kind, text in nexis_new()),
        "factiva-display": factiva_display(),
        "factiva-codes": factiva_codes_page(),
        "proquest": "".join(f"<p>{html.escape(text)}</p>\n" for text in proquest().split("\n") if text),
    }
    for name, page in pages.items():
        source = HERE / f"{name}-source.html"
        whole = (
            page
            if page.startswith("<!DOCTYPE")
            else f'<html><head><meta charset="utf-8"></head><body>{page}</body></html>'
        )
        source.write_text(whole, encoding="utf-8")
        docx = HERE / f"{name}.docx"
        subprocess.run(["pandoc", "-f", "html", "-o", docx, source], check=True)
        subprocess.run(["soffice", "--headless", "--convert-to", "rtf", "--outdir", HERE, docx], check=True)
        source.unlink()
    for unneeded in ("factiva-codes.docx", "proquest.docx"):
        (HERE / unneeded).unlink()


if __name__ == "__main__":
    main()
