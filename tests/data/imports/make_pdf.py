"""Make the PDF files of this folder: with Chromium, LibreOffice, groff and pypdf. Run by hand when one is to change."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Highlight
from pypdf.constants import PageLabelStyle
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject
from pypdfium2 import PdfDocument

HERE = Path(__file__).resolve().parent

PARAGRAPHS = [
    (
        "The ferry between the two islands has been late on more days than it has been on time, and the "
        "people who wait for it have begun to keep a book of its delays in the post office."
    ),
    (
        "Nobody at the harbour administration would say how long the repairs are going to take. The "
        "engine that was ordered in spring stands on a quay in another country, waiting for papers and "
        "for a crane."
    ),
    (
        "What the islanders want is a timetable that describes the ferry they have, not the ferry that "
        "they were promised in a well-known speech eleven years ago by a minister who has since retired."
    ),
    (
        "The schoolteacher crosses twice a week. She has learned to mark exercise books on the lower "
        "deck, where the engine is loud but the light is good, and she calls it the quietest classroom "
        "of the archipelago."
    ),
    (
        "For the fishermen it is a question of ice. A catch that waits four hours for the ferry loses a "
        "third of its price, and a catch that waits eight hours is given to the neighbours or to the "
        "gulls."
    ),
    (
        "There are those who remember the old steamer, which was slower and never late. It carried "
        "cattle on the foredeck and the mail in a locked wooden chest, and its captain knew everybody by"
        " their grandmother's name."
    ),
    (
        "An engineer who measured the hull in June found that the steel is thinner than the drawings "
        "say. Her report runs to ninety pages, and its administrative summary leaves out the only number"
        " that matters."
    ),
    (
        "The council will meet again in autumn. Until then a smaller boat takes passengers without their"
        " cars, and the baker rows across by himself on mornings without wind."
    ),
]

ARTICLE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The Ferry That Is Always Late</title>
<style>body{{font:11pt/1.4 serif}} figure{{margin:1em 0}} figcaption{{font-size:9pt}} blockquote{{margin:1em 4em}}
pre{{font:9pt monospace}} th,td{{padding:2pt 12pt;text-align:left}}</style></head><body>
<h1>The Ferry That Is Always Late</h1><p>By Orla Quint</p><p>Published 14 March 2024</p>
<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]} The <a href="https://ferry.example/report">full report</a> is
<em>hard to find</em> and <strong>harder to read</strong>.</p>
<h2>What the islanders want</h2><p>{PARAGRAPHS[2]}</p>
<ul><li>A timetable that is true.</li><li>A second boat in winter, when the wind stands in the harbour for weeks and
the crossing is closed to everything but the mail.<ul><li>Or a bridge.</li></ul></li><li>An apology.</li></ul>
<ol><li>First the hull.</li><li>Then the engine.</li><li>Then the paint.</li></ol>
<blockquote>“I have waited for this boat longer than I have waited for my husband, and he was at sea for half of our
marriage,” said a passenger who did not want to be named in a newspaper.</blockquote>
<h2>A question of ice</h2><p>{PARAGRAPHS[4]}</p>
<figure><img src="data:image/png;base64,PICTURE" width="240" height="160" alt="The harbour">
<figcaption>Figure 1. The harbour in the morning, before the ferry was late.</figcaption></figure>
<p>{PARAGRAPHS[5]}</p>
<table><tr><th>Year</th><th>Crossings</th><th>Late</th></tr><tr><td>2021</td><td>610</td><td>204</td></tr>
<tr><td>2022</td><td>588</td><td>301</td></tr><tr><td>2023</td><td>540</td><td>377</td></tr></table>
<h3>The report</h3><p>{PARAGRAPHS[6]}</p><pre>hull = measure("bow")
if hull &lt; 8:
    stay_in_harbour()</pre><p>{PARAGRAPHS[7]}</p><p>{PARAGRAPHS[3]}</p></body></html>"""

COLUMNS = """<!DOCTYPE html><html lang="LANG" dir="DIR"><head><meta charset="utf-8"><title>HEAD</title><style>
@page{{size:A4;margin:22mm 18mm}} body{{font:10pt/1.3 serif;text-align:justify;hyphens:auto}}
h1{{font-size:22pt;text-align:left;hyphens:none}} h2{{font-size:12pt;hyphens:none;margin:.8em 0 .2em}}
p{{margin:0;text-indent:1.2em}} .text{{columns:COUNT;column-gap:8mm}} h2+p{{text-indent:0}}
aside{{float:right;width:45mm;border:1pt solid;padding:3mm;margin:0 0 3mm 5mm;font-size:9pt;
text-align:left;hyphens:none}}
aside p{{text-indent:0}}</style></head>
<body><h1>HEAD</h1>BODY</body></html>""".replace("{{", "{").replace("}}", "}")

NOTES = [
    "The book of delays, page 40, in the post office.",
    "Ask for the key at the counter.",
    (
        "A second class was tried on the ferry itself, in the year of the strike, and given up after a "
        "month because the children were seasick and the teacher was not paid."
    ),
    "Her own words, written down by a pupil.",
    "The same, page 44.",
]
ARABIC = [
    (
        "تتأخر العبارة بين الجزيرتين في معظم الأيام، وقد بدأ الناس الذين ينتظرونها يكتبون مواعيد تأخرها "
        "في دفتر بمكتب البريد."
    ),
    (
        "لم يقل أحد في إدارة الميناء كم من الوقت ستستغرق الإصلاحات، فالمحرك الذي طلب في الربيع عام 2023 "
        "ما زال على رصيف بعيد."
    ),
    ("تعبر المعلمة البحر مرتين في الأسبوع، وقد تعلمت أن تصحح دفاتر التلاميذ على السطح السفلي حيث الضوء جيد."),
    ("أما الصيادون فالمسألة عندهم مسألة ثلج، لأن الصيد الذي ينتظر أربع ساعات يفقد ثلث ثمنه قبل أن يصل إلى السوق."),
]
MIXED = [
    "המעבורת Queen Mary 2 יוצאת ב־14 במאי 2024 (בשעה 10:30), כך נמסר.",
    "לפי הדו״ח של World Bank Group משנת 2019, המחיר עלה ב־12.5% בתוך שנה אחת בלבד.",
    "האתר https://ferry.example/times מפרסם את הלוח.",
    "אדם [ולא אחר] אמר: «לא היום».",
]
HEBREW = [
    ("המעבורת בין שני האיים מאחרת ברוב הימים, והאנשים שמחכים לה התחילו לרשום את האיחורים שלה במחברת בבית הדואר."),
    ("איש בהנהלת הנמל לא אמר כמה זמן יימשכו התיקונים, והמנוע שהוזמן באביב 2023 עומד על רציף בארץ אחרת."),
    "המורה חוצה את הים פעמיים בשבוע, והיא למדה לבדוק את מחברות התלמידים בסיפון התחתון שבו האור טוב.",
    "לדייגים זו שאלה של קרח, כי דגה שמחכה ארבע שעות מאבדת שליש ממחירה לפני שהיא מגיעה אל השוק.",
]


def chromium(markup: str, name: str, *, head: bool = False) -> bytes:
    """Print a page as Chromium does, with or without its own running heads."""
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "page.html", HERE / name
        page.write_text(markup, encoding="utf-8")
        plain = [] if head else ["--no-pdf-header-footer"]
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", *plain, f"--print-to-pdf={out}", page.as_uri()],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return out.read_bytes()


def libreoffice(flat: str, name: str) -> bytes:
    """Export a flat OpenDocument text as LibreOffice does."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{Path(name).stem}.fodt"
        source.write_text(flat, encoding="utf-8")
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
             "--outdir", str(HERE), str(source)], check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        return (HERE / name).read_bytes()


FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>META</dc:title><meta:initial-creator>AUTHOR</meta:initial-creator></office:meta>
<office:automatic-styles>
 <style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
  fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2cm" fo:margin-right="2cm"/>
  <style:header-style><style:header-footer-properties fo:margin-bottom="0.5cm"/></style:header-style>
  <style:footer-style><style:header-footer-properties fo:margin-top="0.5cm"/></style:footer-style></style:page-layout>
 <style:style style:name="C" style:family="section"><style:section-properties text:dont-balance-text-columns="false">
  <style:columns fo:column-count="2" fo:column-gap="0.7cm"/></style:section-properties></style:style>
 <style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.4cm"/>
  <style:text-properties fo:font-size="20pt" fo:font-weight="bold"/></style:style>
 <style:style style:name="H" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.3cm"
  fo:margin-bottom="0.1cm" fo:keep-with-next="always"/>
  <style:text-properties fo:font-size="13pt" fo:font-weight="bold"/></style:style>
 <style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"
  fo:text-indent="0.5cm" fo:hyphenation-ladder-count="no-limit"/><style:text-properties fo:font-size="10pt"
  fo:language="en" fo:country="GB" fo:hyphenate="true" fo:hyphenation-remain-char-count="3"
  fo:hyphenation-push-char-count="3"/></style:style>
 <style:style style:name="R" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
  <style:text-properties fo:font-size="9pt"/></style:style>
 <style:style style:name="N" style:family="paragraph"><style:text-properties fo:font-size="8pt"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
 <style:header><text:p text:style-name="R">Island Review, volume 12</text:p></style:header>
 <style:footer><text:p text:style-name="R"><text:page-number text:select-page="current"/></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>BODY</office:text></office:body></office:document>"""


def two_columns() -> str:
    """Return a paper in two columns with running heads, page numbers, hyphens and footnotes."""
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>{0}</text:note-citation><text:note-body>'
        '<text:p text:style-name="N">{1}</text:p></text:note-body></text:note>'
    )
    body = ['<text:p text:style-name="T">On the Lateness of Ferries</text:p>']
    body.append('<text:section text:style-name="C" text:name="S">')
    for number, word in enumerate(("first", "second", "third", "fourth", "fifth")):
        body.append(f'<text:p text:style-name="H">{number + 1} Part the {word}</text:p>')
        for place, text in enumerate(PARAGRAPHS):
            mark = note.format(number + 1, NOTES[number]) if place == 3 else ""
            body.append(f'<text:p text:style-name="P">{text}{mark} {PARAGRAPHS[(place + number) % 8]}</text:p>')
    body.append("</text:section>")
    return (
        FLAT.replace("BODY", "".join(body))
        .replace("META", "On the Lateness of Ferries")
        .replace("AUTHOR", "Orla Quint")
    )


def groff(name: str) -> None:
    """Set a paper in two columns with groff, which breaks words at line ends."""
    parts = [".TL", "On the Lateness of Ferries", ".AU", "Orla Quint", ".AI", "Island Institute", ".AB", PARAGRAPHS[0]]
    parts += [".AE", ".2C"]
    for number in range(3):
        parts += [".NH", f"Part {number + 1}"]
        for place, text in enumerate(PARAGRAPHS):
            parts += [".PP", f"{text} {PARAGRAPHS[(place + number + 3) % 8]}"]
        parts += [".IP \\(bu", "A timetable that is true and that everybody can read in the administration building."]
        parts += [".IP \\(bu", "An apology.", ".QP", PARAGRAPHS[5]]
    made = subprocess.run(
        ["groff", "-ms", "-Tpdf"], input="\n".join(parts).encode(), check=True, capture_output=True, timeout=60
    )
    (HERE / name).write_bytes(made.stdout)


def columns(language: str, head: str, texts: list[str], count: int, *, times: int, direction: str = "ltr") -> str:
    """Return a page with a headline across columns of text."""
    body = "".join(f"<p>{text} {texts[(place + 1) % len(texts)]}</p>" for place, text in enumerate(texts * times))
    values = {
        "LANG": language,
        "DIR": direction,
        "HEAD": head,
        "COUNT": str(count),
        "BODY": f'<div class="text">{body}</div>',
    }
    markup = COLUMNS
    for name, value in values.items():
        markup = markup.replace(name, value)
    return markup


def side_box() -> str:
    """Return a page of one column with a box beside the text."""
    box = "<aside><p><b>In the box</b></p><p>The ferry was built in 1979 and carries thirty cars.</p></aside>"
    body = f"<p>{PARAGRAPHS[0]}</p>{box}" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS[1:])
    return (
        COLUMNS.replace("HEAD", "The Box and the Ferry")
        .replace("BODY", body)
        .replace("LANG", "en")
        .replace("DIR", "ltr")
    )


def picture() -> str:
    """Return a small PNG of stripes, in base 64."""
    import base64
    import struct
    import zlib

    width, height = 240, 160
    rows = b"".join(b"\0" + bytes((60 + y, 90, 160) * width) for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return base64.b64encode(data).decode()


def written(writer: PdfWriter, name: str) -> None:
    """Write a file of pypdf's."""
    out = BytesIO()
    writer.write(out)
    (HERE / name).write_bytes(out.getvalue())


def main() -> int:
    """Make them all."""
    article = chromium(ARTICLE.replace("PICTURE", picture()), "chromium-article.pdf")
    chromium(ARTICLE.replace("PICTURE", picture()), "chromium-printed.pdf", head=True)
    chromium(columns("en", "Three Columns of Water", PARAGRAPHS, 3, times=3), "chromium-three-columns.pdf")
    chromium(columns("ar", "العبارة المتأخرة", ARABIC, 2, times=4, direction="rtl"), "chromium-arabic.pdf")
    leaning = '<p style="margin:1em 0">تتأخر <em>العبارة بين الجزيرتين</em> في معظم الأيام.</p>'
    page = COLUMNS.replace("DIR", "rtl").replace("LANG", "ar").replace("HEAD", "العبارة").replace("BODY", leaning)
    chromium(page, "chromium-arabic-leaning.pdf", head=True)
    chromium(columns("he", "המעבורת המאחרת", HEBREW, 1, times=2, direction="rtl"), "chromium-hebrew.pdf")
    mixed = "".join(f'<p style="margin:1em 0">{text}</p>' for text in MIXED)
    page = COLUMNS.replace("DIR", "rtl").replace("LANG", "he").replace("HEAD", "הלוח").replace("BODY", mixed)
    chromium(page, "chromium-mixed.pdf")
    chromium(side_box(), "chromium-side-box.pdf")
    paper = libreoffice(two_columns(), "libreoffice-two-columns.pdf")
    flat = FLAT.replace("META", "Microsoft Word - ferry.docx").replace("AUTHOR", "user")
    flat = flat.replace(
        '<style:style style:name="N"',
        '<style:style style:name="A" style:family="paragraph">'
        '<style:paragraph-properties style:writing-mode="rl-tb" fo:text-align="right" fo:margin-bottom="0.3cm"/>'
        '</style:style><style:style style:name="N"',
    )
    rtl = "".join(f'<text:p text:style-name="A">{text}</text:p>' for text in ARABIC)
    libreoffice(flat.replace("BODY", rtl), "libreoffice-arabic.pdf")
    groff("groff-paper.pdf")
    variants(article, paper)
    highlighted(article)
    return 0


def highlighted(article: bytes) -> None:
    """Mark three passages of the article and put a note on its first page, as readers of PDF do."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(article)))
    text = PdfDocument(article)[0].get_textpage()
    passages = [
        ("begun to keep a book of its delays", "ffd400", "Where is this book?", ""),
        ("waiting for papers and for a crane. The full report", "ff6666", "", "Second reader"),
        (
            "longer than I have waited for my husband, and he was at sea for half of our marriage",
            "5fb236",
            "A quotation",
            "",
        ),
    ]
    for passage, colour, note, author in passages:
        boxes = []
        for part in passage.split("half of our ") if "half of our " in passage else [passage]:
            part = f"{part}half of our" if part.startswith("longer") else part
            index, count = text.search(part).get_next()
            boxes += [text.get_rect(number) for number in range(text.count_rects(index, count))]
        quads = [value for x0, y0, x1, y1 in boxes for value in (x0, y1, x1, y1, x0, y0, x1, y0)]
        around = (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )
        mark = Highlight(rect=around, quad_points=ArrayObject(map(FloatObject, quads)), highlight_color=colour)
        mark[NameObject("/Contents")] = TextStringObject(note)
        mark[NameObject("/T")] = TextStringObject(author)
        mark[NameObject("/CreationDate")] = TextStringObject("D:20240320101500+01'00'")
        writer.add_annotation(0, mark)
    note = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Text"),
        NameObject("/Rect"): ArrayObject(map(FloatObject, (550, 700, 570, 720))),
        NameObject("/Contents"): TextStringObject("Ask the harbour master."),
    })  # fmt: skip
    writer.add_annotation(0, note)
    written(writer, "highlighted.pdf")


def variants(article: bytes, paper: bytes) -> None:
    """Make the files that pypdf alters: locked, labelled, turned, and with highlights."""
    locked = PdfWriter(clone_from=PdfReader(BytesIO(article)))
    locked.encrypt("secret", algorithm="RC4-128")
    written(locked, "locked.pdf")
    labelled = PdfWriter(clone_from=PdfReader(BytesIO(paper)))
    labelled.set_page_label(0, 0, style=PageLabelStyle.LOWERCASE_ROMAN)
    labelled.set_page_label(1, len(labelled.pages) - 1, style=PageLabelStyle.DECIMAL, start=101)
    written(labelled, "labelled.pdf")
    turned = PdfWriter(clone_from=PdfReader(BytesIO(article)))
    for page in turned.pages:
        page.rotate(90)
        page.transfer_rotation_to_content()
        page.rotate(270)
    written(turned, "turned.pdf")


if __name__ == "__main__":
    sys.exit(main())
