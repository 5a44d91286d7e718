"""A message that was handed on: what its first sender wrote, from whom and of when, told from who handed it on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from app.cleaning.dates import find_date
from app.cleaning.phrases import month_names
from app.drafts import Draft
from app.importers._subjects import is_handed_on, without_prefix
from app.loading import load
from app.model import Details, LeftOut, Metadata, Origin, Published

if TYPE_CHECKING:
    from lxml import etree

# What mail programs call the headers of a message that they show in its text.
_LABELS: Final = MappingProxyType({
    "from": """
from, von, de, da, van, från, fra, lähettäjä, od, от, від, kimden, gönderen, από, feladó, מאת, من, 差出人, 发件人,
寄件者, 보낸 사람""",
    "date": """
date, sent, datum, gesendet, envoyé, fecha, enviado, enviado el, data, data de envio, inviato, verzonden, skickat,
sendt, dato, päivämäärä, lähetetty, wysłano, odesláno, дата, отправлено, надіслано, tarih, ημερομηνία, dátum, תאריך,
التاريخ, 日時, 送信日時, 日期, 发送时间, 날짜""",
    "to": """
to, an, à, a, para, aan, till, til, vastaanottaja, do, komu, кому, kime, προς, címzett, אל, إلى, 宛先, 收件人, 收件者,
받는 사람, cc, kopie, copie, kopia, копия, reply to, antwort an""",
    "subject": """
subject, betreff, objet, asunto, assunto, oggetto, onderwerp, ämne, emne, aihe, temat, předmět, тема, konu, θέμα, tárgy,
נושא, الموضوع, 件名, 主题, 主旨, 제목""",
})  # fmt: skip
_MEANT: Final = MappingProxyType({name.strip(): kind for kind, names in _LABELS.items() for name in names.split(",")})
_HEADER: Final = re.compile(
    r"\W{0,3}(?P<label>[^\W\d_][^\W\d_ -]*(?:[ -][^\W\d_]+){0,2})\*?\s?[:：]\*?\s*(?P<value>.*)"
)
_HANDED_ON: Final = re.compile(
    r"forward|weitergeleitet|transféré|réexpédié|reenviad|encaminhad|inoltrat|doorgestuurd|vidarebef|videresendt|välitetty"
    r"|przekazan|přeposlan|пересыла|переслан|iletil|転送|转发|轉寄|전달",
    re.IGNORECASE,
)
_UNSUBSCRIBE: Final = re.compile(
    r"unsubscribe|abmelden|abbestell|désabonn|désinscri|darse de baja|anular|cancelar|disiscri|annulla|uitschrij|afmeld"
    r"|avregistrer|avsluta|afmeld|avmeld|wypisz|odhlás|отписаться|відписатися|aboneliğ|配信停止|退订|수신거부",
    re.IGNORECASE,
)
_FENCED: Final = re.compile(r"[\s>]*(?:[-_=]{2,}.*[-_=]{2,}|.{3,60}[:：])\s*")
_ADDRESS: Final = re.compile(r"[<\[(]?\s*(?:mailto:)?(?P<address>[^\s<>\[\]()@]{1,80}@[^\s<>\[\]();,]+)\s*[>\])]?.*")
_QUOTED: Final = re.compile(r"[ \t]?>[ \t]?")
_FAR: Final = 400  # lines
_LONGEST: Final = 2_000  # characters of a line that shows a header
_FENCE: Final = 120  # characters of the line above them
_NOTE: Final = 60  # words of who hands a message on that are no article
_BLOCKS: Final = frozenset((
    "address", "article", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
))  # fmt: skip
_UNSEEN: Final = frozenset(("head", "script", "style", "title"))


@dataclass(frozen=True, slots=True)
class Forward:
    """What the text of a message says of one that it hands on.

    ``name`` and ``address`` are its sender's, each empty when they are not stated. ``lines`` are those that say all
    this, verbatim; ``note`` is what who handed it on wrote above, if it is short.
    """

    name: str = ""
    address: str = ""
    title: str = ""
    published: Published | None = None
    lines: tuple[str, ...] = ()
    note: str = ""


@dataclass
class _Block:
    """The lines that show the headers of a message: the numbers of the first, and of the one behind the last."""

    start: int
    end: int
    found: dict[str, str] = field(default_factory=dict)


def of_text(text: str, subject: str) -> tuple[Forward, str] | None:
    """Return what a plain text hands on, and the text of that; ``None`` where it hands nothing on."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    whole: Forward | None = None
    while (block := _block(lines, subject, first=whole is None)) is not None:
        above, below = lines[: block.start], lines[block.end :]
        if all(not line.strip() or _QUOTED.match(line) for line in lines[block.start : block.end]):
            below = [_QUOTED.sub("", line, count=1) for line in below]
        one = _told(block, lines, above)
        whole = _nested(whole, one)
        lines = below if one.note or not any(map(str.strip, above)) else [*above, "", *below]
        if lines is not below:
            break
    return (whole, "\n".join(lines)) if whole is not None else None


def of_page(markup: str, subject: str) -> tuple[Forward, str] | None:
    """Return what a page hands on, and the page without the lines that say so, and without a short note above."""
    handed = is_handed_on(subject) or _HANDED_ON.search(markup)
    root: etree._Element | None = load("app.text.markup").parse(markup) if handed else None
    found = _taken_out(root, subject) if root is not None else None
    return (found, load("lxml.etree").tostring(root, encoding="unicode", method="html")) if found else None


def _taken_out(root: etree._Element, subject: str) -> Forward | None:
    shown = list(_shown(root))
    lines = [text for text, _places in shown]
    whole: Forward | None = None
    begin = 0
    while (block := _block(lines[begin:], subject, first=whole is None)) is not None:
        one = _told(block, lines[begin:], lines[begin : begin + block.start])
        whole = _nested(whole, one)
        first = begin if one.note else begin + block.start
        for _text, places in shown[first : begin + block.end]:
            for element, where in places:
                setattr(element, where, "")
        begin += block.end
    return whole


def of_pasted(text: str) -> tuple[Forward, str] | None:
    """Return the message that a text is, headers and all, and the text of that; ``None`` for any other text."""
    first = next((line for line in text.split("\n", _FAR) if line.strip()), "")
    return of_text(text, "") if _header(first) is not None else None


def attributed(draft: Draft, found: Forward) -> Draft:
    """Return a message that was handed on with its sender, and with the lines that say so at hand.

    The name is that of the outlet where someone else signs the text, or where one can unsubscribe from it.
    """
    listed = draft.metadata.byline or any(_UNSUBSCRIBE.search(piece.text) for piece in draft.left_out)
    named: dict[str, Any] = {"outlet" if listed else "byline": found.name} if found.name else {}
    origins = {**draft.metadata.origins, **dict.fromkeys(named, Origin.STATED)}
    details: Details = {"forwarded": found.lines, **draft.details}
    if found.address:
        details = {**details, "sent_from": found.address}
    note = (LeftOut("other", found.note, 0),) if found.note else ()
    metadata: Metadata = replace(draft.metadata, **named, origins=origins)
    return replace(draft, metadata=metadata, details=details, left_out=(*note, *draft.left_out))


def _block(lines: Sequence[str], subject: str, first: bool) -> _Block | None:
    """Find the headers of a message that is handed on; those of one that is answered are none of it."""
    for number, line in enumerate(lines[:_FAR]):
        if _header(line) is None:
            continue
        found, end = _headers(lines, number)
        if "from" not in found or not {"date", "subject"}.intersection(found):
            continue
        marker = next((at for at in range(number - 1, -1, -1) if _bare(lines[at])), None)
        fenced = marker is not None and len(lines[marker]) <= _FENCE and _FENCED.fullmatch(lines[marker]) is not None
        start = marker if fenced and marker is not None else number
        above = any(map(_bare, lines[:start]))
        said = fenced and _HANDED_ON.search(lines[start]) is not None
        if said or not above or (first and is_handed_on(subject)):
            return _Block(start, end, found)
        return None
    return None


def _headers(lines: Sequence[str], number: int) -> tuple[dict[str, str], int]:
    """Return the headers shown from a line on, by kind, and the number behind the last."""
    found: dict[str, str] = {}
    last, end = "", number
    for at in range(number, min(len(lines), number + 2 * _NOTE)):
        text = _bare(lines[at])
        header = _header(lines[at])
        if header is not None:
            last = header[0]
            found.setdefault(*header)
        elif not (last == "to" and text and (lines[end - 1].rstrip().endswith((",", ";")))):
            break
        end = at + 1
    return found, end


def _bare(line: str) -> str:
    """Return a line without the signs by which it is quoted."""
    return line.lstrip(" >\t").rstrip()


def _header(line: str) -> tuple[str, str] | None:
    match = _HEADER.fullmatch(line.strip()) if len(line) <= _LONGEST else None
    kind = _MEANT.get(match["label"].lower().replace("-", " ")) if match else None
    return (kind, match["value"].strip(" *")) if match and kind else None


def _told(block: _Block, lines: Sequence[str], above: Sequence[str]) -> Forward:
    found = block.found
    note = "\n".join(text for line in above if (text := _bare(line)))
    sender = _ADDRESS.search(found["from"])
    name = (found["from"][: sender.start()] if sender else found["from"]).strip("\"'*,; <[(")
    return Forward(
        name=name,
        address=sender["address"] if sender else "",
        title=without_prefix(found.get("subject", "")),
        published=find_date(found.get("date", ""), month_names(), day_first=True),
        lines=tuple(text for line in lines[block.start : block.end] if (text := _bare(line))),
        note=note if len(note.split()) <= _NOTE else "",
    )


def _nested(outer: Forward | None, inner: Forward) -> Forward:
    """Return what is handed on where one message hands on another that does."""
    if outer is None:
        return inner
    notes = "\n".join(filter(None, (outer.note, inner.note)))
    return replace(inner, lines=(*outer.lines, *inner.lines), note=notes, title=inner.title or outer.title)


def _shown(root: etree._Element) -> Iterator[tuple[str, list[tuple[etree._Element, str]]]]:
    """Yield the lines of a page, each with the places that its text stands in."""
    parts: list[str] = []
    places: list[tuple[etree._Element, str]] = []
    for event, element in load("lxml.etree").iterwalk(root, events=("start", "end")):
        where = "text" if event == "start" else "tail"
        if element.tag in _BLOCKS:
            if parts:
                yield " ".join("".join(parts).split()), places
            parts, places = [], []
        text = getattr(element, where)
        if text and not (element.tag in _UNSEEN and where == "text"):
            parts.append(text)
            places.append((element, where))
    if parts:
        yield " ".join("".join(parts).split()), places
