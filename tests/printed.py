"""What the tests of printed documents share: a bundle with all that a text, a reader and a stranger put into one."""

from __future__ import annotations

import struct
import zlib
from contextlib import closing
from dataclasses import replace
from itertools import islice, product

from app.exporters._base import exporters
from app.model import Attribute, AttributeKind, Bundle, Interlude, Published
from app.text.body import Piece, Run

HOSTILE = "</w:t></text:p><script>alert(1)</script>]]> {{ 7*7 }} %s \"quoted\" 'single' & =1+1 | ]] `x`"
PICTURE, OTHER, GONE = "a" * 64, "b" * 64, "c" * 64
ARABIC = "أوقفت المحادثات (UAV) يوم الثلاثاء، وقال Boeing 747 إن الخبر غير مؤكد."
HEBREW = "השיחות נעצרו ביום שלישי."


def png(width: int, height: int) -> bytes:
    """Return a picture with a gradient in it."""
    rows = b"".join(
        b"\0" + b"".join(bytes((255 * x // width, 120, 255 * y // height)) for x in range(width)) for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def webp() -> bytes:
    return b"RIFF" + struct.pack("<I", 30) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\0" * 4 + b"\x3f\0\0\x1f\0\0"


def cells(rows: int = 4, columns: int = 3) -> list[Piece]:
    words = ("Figure", "What it is said to count", "Source")
    return [
        Piece(
            words[column] if not row else f"{words[column].lower()} number {row} " * (column + 1),
            "cell",
            {"table": 0, "row": row, "column": column, "header": not row},
        )
        for row, column in product(range(rows), range(columns))
    ]


def pieces() -> list[Piece | str]:
    """Return the blocks of an article that has every kind of block and run."""
    said = "Talks went on while strikes did, and nobody would say for whom the bill was meant."
    link = Run(9, 14, "link", {"address": 'https://example.org/a?b=1&c="d"'})
    bad = Run(15, 20, "link", {"address": "javascript:alert(1)"})
    kinds = ("strong", "emphasis", "superscript", "promotion", "code")
    runs = tuple(Run(6 * n, 6 * n + 5, kind) for n, kind in enumerate(kinds))
    return [
        Piece("The terms", "heading", {"level": 2}),
        said,
        Piece("words words words words words end.", runs=runs),
        Piece("A safe, a link a bad one; a bold end.", runs=(link, bad, Run(28, 32, "strong"))),
        Piece("Details of it", "heading", {"level": 3}),
        *(
            Piece(f"{('a plain', 'an ordered')[ordered]} item {number}", "item", {"depth": depth, "ordered": ordered})
            for number, (depth, ordered) in enumerate(
                ((1, False), (2, True), (2, True), (3, False), (1, False), (1, True), (2, False), (1, True))
            )
        ),
        *cells(),
        "A paragraph between two tables.",
        Piece("def f(x):", "code"), Piece("\treturn  x   # two  spaces", "code"),
        Piece("The second argument never ends.", "quote"),
        Piece("Good to know", "callout", {"label": "Good to know"}),
        Piece("A licence transfers no property.", "callout", {"label": "Good to know"}),
        Piece("", "image", {"alt": "The <harbour> at dawn", "picture": PICTURE}),
        Piece("The harbour at dawn. Photograph: nobody", "caption"),
        Piece("", "image", {"alt": "A new kind of picture", "picture": OTHER}),
        Piece("", "image", {"alt": "A lost one", "picture": GONE}),
        Piece("", "rule"),
        ARABIC, HEBREW, "和谈停滞。", "👩‍👩‍👧 family e\u0301 a\u0308", "  two  spaces  ", HOSTILE,
    ]  # fmt: skip


def bundle(made) -> Bundle:
    """Return two articles under a tree of themes, with all that can be noted on them; ``made`` are the builders."""
    drones = made.theme(
        "Drones", colour="#2f7fb8", definition="What they *are*.\n\n- cost\n- range", note="Watch **this**."
    )
    nested = made.theme("Costs / fees: who, what", drones, colour="#a67c00")
    peace = made.theme("Diplomacy & <talks>", colour="#d64550")
    hostile = made.theme(HOSTILE, colour="red;}</style>")
    long = "\n\n".join(f"Paragraph {n}: " + "who said so, and when? " * 20 + HOSTILE for n in range(20))
    listed = "Compare *both* tellings:\n\n1. the wire\n2. the paper\n    - page **two**\n\n> quoted\n\n`code` and a [link](https://x.org/)"
    marks = [
        ("Talks went on while strikes did", [peace], "A *short* note."),
        ("while strikes did, and nobody would say", [drones, nested], listed),
        ("strikes did, and nobody would say for whom", [peace, drones]),
        ("words words", ()),
        ("link a bad", [nested], "On a link."),
        ("figure number 1 ", [drones], "In a cell."),
        ("item 3\na plain item 4", [peace], "Over two items."),
        ("\ufffc\nThe harbour", [drones], "A picture with its caption."),
        ("(UAV) يوم", [peace], "ملاحظة عربية قصيرة"),
        ("停滞", [nested, hostile], long),
        (HOSTILE, [hostile], HOSTILE),
    ]
    about = {
        "themes": (drones.id, hostile.id), "attributes": {"Tone": "calm", "Odd \x0bname": HOSTILE},
        "note": "On the whole:\n\n- one\n- two",
    }  # fmt: skip
    known = {
        "outlet": "The Post & Courier", "byline": "A. Writer", "language": "en", "address": "https://example.org/x?a=1&b=2",
        "published": Published.parse("2025-03-04"), "accessed": "2025-03-05",
    }  # fmt: skip
    first = made.article(pieces(), marks, "Talking while <striking>", 1, about, **known)
    coder = replace(first.highlights[4], author="Mary \u0007 Ann & Co")
    lost = made.orphan(
        first, "What was said \ufffc\nbefore it was changed", [peace], "It stood in the *first* version."
    )
    first = replace(first, highlights=(*first.highlights[:4], coder, *first.highlights[5:], lost))
    second = made.article(
        [ARABIC, "خبر ثان قصير."], [("الثلاثاء", [drones], "Check the day.")], "خبرة تسافر بلا حقائب", 2,
        {"note": HEBREW}, outlet="صحيفة", language="ar", address="javascript:alert(1)",
    )  # fmt: skip
    third = made.article(
        ["Ein kurzer Text über Geld.", "Noch einer."], [("über Geld", [nested])], HOSTILE, 3, language="de"
    )
    kept = {PICTURE: png(640, 360), OTHER: webp()}
    return made.bundle(
        first, second, third, themes=[drones, nested, peace, hostile], title="Two tellings & a <third>", pictures=kept,
        note="Made for the *desk*.\n\n1. read\n2. check", attributes=(Attribute(1, "t", "Tone", AttributeKind.TEXT),),
    )  # fmt: skip


def collected(made) -> Bundle:
    """Return the same as a collection: headings, connecting text, passages and articles in an order of their own."""
    whole = bundle(made)
    first, second, third = whole.articles
    words = Interlude("w" * 32, "Both say *this*:\n\n- one thing\n\nand then:")
    heads = [Interlude(f"{level}" * 32, f"Part {level} & more", level) for level in (1, 2)]
    order = (
        heads[0].id, words.id, first.highlights[1].id, second.highlights[0].id, first.highlights[7].id,
        first.highlights[-1].id, heads[1].id, third.article.id, second.article.id,
    )  # fmt: skip
    return replace(whole, interludes=(words, *heads), order=order)


def left_behind(of: Bundle, key: str, **chosen: object) -> list[str]:
    """Return what a document says that it does not carry, as soon as it has looked at its pictures."""
    exporter = exporters()[key]
    made = exporter.write(of, {option.key: option.default for option in exporter.options} | chosen)
    texts = of.articles if chosen.get("texts", True) else ()
    pictures = {digest for item in texts for digest in item.makeup.images}
    with closing(made.files) as parts:
        list(islice(parts, len(pictures) + 1))
    return [str(message) for message in made.left_behind]
