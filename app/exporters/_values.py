"""What every exporter asks of a bundle: its order, its themes, its times and ids in the forms that files carry."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from app.citing import Paragraphs, page_of, place_of
from app.model import METADATA_FIELDS, Article, Bundle, BundledArticle, Highlight, Metadata, Status, Theme
from app.text.body import Body
from app.wording import Message

UNTITLED: Final = "Untitled"
_NAMESPACE: Final = uuid.UUID("5f0f6f0e-3c1c-4f6e-9a43-0d1f6f7a2b61")
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_UID: Final = re.compile(r"[0-9a-f]{32}")
_GREY: Final = "#888888"
_SECONDS: Final = len("2025-03-04T05:06:07")


def title_of(metadata: Metadata) -> str:
    """Return the article's title on one line, or a word for not having one."""
    return " ".join((metadata.title or "").split()) or UNTITLED


def in_order(bundle: Bundle) -> tuple[BundledArticle, ...]:
    """Return the articles in the collection's order: an article stands where it, or its first passage, is named."""
    if not bundle.order:
        return bundle.articles
    places: dict[str, int] = {}
    for number, uid in enumerate(bundle.order):
        places.setdefault(uid, number)

    def rank(item: BundledArticle) -> int:
        ids = (item.article.id, *(highlight.id for highlight in item.highlights))
        return min(places.get(uid, len(places)) for uid in ids)

    return tuple(sorted(bundle.articles, key=rank))


def themes_by_id(bundle: Bundle) -> Mapping[str, Theme]:
    """Return the themes by their ids, parents before children as they come."""
    return {theme.id: theme for theme in bundle.themes}


def chosen(ids: Iterable[str], themes: Mapping[str, Theme]) -> Iterator[Theme]:
    """Yield the themes with these ids; ids of themes that are not in the bundle are passed over."""
    return (themes[uid] for uid in ids if uid in themes)


def path_text(theme: Theme) -> str:
    """Return a theme's path as it is written everywhere: ``A > B``."""
    return " > ".join(theme.path or (theme.name,))


def colour_of(theme: Theme) -> str:
    """Return the theme's colour as ``#rrggbb``, grey when it holds anything else: it goes into style sheets."""
    return theme.colour.lower() if _COLOUR.fullmatch(theme.colour) else _GREY


def paragraph(body: Body, highlight: Highlight) -> int | None:
    """Return the number (from 1) of the block in which the passage begins; ``None`` for an orphan."""
    return body.block_number(highlight.start) + 1 if highlight.status is Status.ANCHORED else None


def paragraphs_of(body: Body, highlight: Highlight) -> Paragraphs | None:
    """Return the paragraphs that the passage lies in; ``None`` for an orphan."""
    return place_of(body, highlight.start, highlight.quote) if highlight.status is Status.ANCHORED else None


def printed_page(body: Body, highlight: Highlight) -> str:
    """Return the page on which the block of the passage begins; ``""`` for an orphan, and where there are no pages."""
    return page_of(body, highlight.start) if highlight.status is Status.ANCHORED else ""


def has_marks(article: Article) -> bool:
    """Return whether the reader wrote something on the article as a whole."""
    return bool(article.note.strip() or article.themes)


def is_marked(item: BundledArticle) -> bool:
    """Return whether anybody marked something in the article or said something of it as a whole."""
    return bool(item.highlights or item.layers or has_marks(item.article))


def timestamp(milliseconds: int) -> str:
    """Return UTC milliseconds as ``2025-03-04T05:06:07.089Z`` (xsd:dateTime with a zone); ``""`` for 0, not known."""
    if not milliseconds:
        return ""
    return f"{_moment(milliseconds).isoformat()[:_SECONDS]}.{milliseconds % 1000:03d}Z"


def day_of(milliseconds: int) -> str:
    """Return the ISO day that UTC milliseconds fall on, in UTC: the same wherever an export is made."""
    return _moment(milliseconds).date().isoformat()


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds // 1000, UTC)


def urn(uid: str, part: str = "") -> str:
    """Return the ``urn:uuid:`` of a uid, or of a named ``part`` of what has it: always the same one."""
    if _UID.fullmatch(uid) and not part:
        return f"urn:uuid:{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}"
    known = uuid.UUID(uid) if _UID.fullmatch(uid) else uuid.uuid5(_NAMESPACE, uid)
    return (uuid.uuid5(known, part) if part else known).urn


def encoded(text: str) -> bytes:
    """Return UTF-8. Half a surrogate pair, which no file can carry, becomes a question mark."""
    return text.encode("utf-8", "replace")


def counted(number: int, one: str, many: str) -> tuple[Message, ...]:
    """Return a sentence with ``{count}`` in its singular or plural, and none at all for nothing."""
    return (Message(one if number == 1 else many, {"count": number}),) if number else ()


def words_between(bundle: Bundle) -> tuple[Message, ...]:
    """Return the sentence that the reader's own headings and texts in a collection, or in all of them, stay behind."""
    if bundle.whole:
        return counted(
            sum(len(one.interludes) for one in bundle.collections),
            "One heading or text between the passages of a collection.",
            "{count} headings and texts between the passages of collections.",
        )
    return counted(
        len(bundle.interludes),
        "One heading or text between the passages of the collection.",
        "{count} headings and texts between the passages of the collection.",
    )


def whole_note(bundle: Bundle) -> tuple[Message, ...]:
    """Return the sentence that the note on the library, or on what was chosen of it, stays behind."""
    return (Message("The note on all of it."),) if bundle.note.strip() else ()


def noted_collections(bundle: Bundle) -> tuple[Message, ...]:
    """Return the sentence that the notes on collections stay behind; that on the only one goes with all of it."""
    noted = sum(bool(one.note.strip()) for one in bundle.collections) if bundle.whole else 0
    return counted(noted, "The note on one collection.", "The notes on {count} collections.")


def rounds_behind(bundle: Bundle) -> tuple[Message, ...]:
    """Return the sentence that rounds with other coders stay behind: their names stay on what they marked."""
    return counted(
        len({one.coder for one in bundle.rounds}),
        "The round with one coder: which articles are in it, and that nothing changes the coder's marks.",
        "The rounds with {count} coders: which articles are in them, and that nothing changes the coders' marks.",
    )


def facts_behind(items: Iterable[BundledArticle], *carried: str) -> tuple[Message, ...]:
    """Return the sentence that what is known of articles stays behind, but for the fields that are ``carried``."""
    fields = set(METADATA_FIELDS).difference(carried)
    known = sum(any(getattr(item.article.metadata, name) for name in fields) for item in items)
    return counted(
        known,
        "What else is known of one article: outlet, date, address and the like.",
        "What else is known of {count} articles: outlet, date, address and the like.",
    )


def own_fields_behind(items: Iterable[BundledArticle]) -> tuple[Message, ...]:
    """Return the sentence that the reader's own fields of articles stay behind."""
    filled = sum(bool(item.article.attributes) for item in items)
    return counted(filled, "The fields of your own of one article.", "The fields of your own of {count} articles.")


def themes_explained(bundle: Bundle) -> tuple[Message, ...]:
    """Return the sentence that what is said of themes stays behind."""
    explained = sum(bool(theme.definition or theme.note) for theme in bundle.themes)
    return counted(explained, "The definition or note of one theme.", "The definitions and notes of {count} themes.")


def past_behind(bundle: Bundle) -> tuple[Message, ...]:
    """Return the sentence that the texts that articles had before stay behind."""
    changed = sum(bool(item.past) for item in bundle.articles)
    return counted(changed, "The earlier texts of one article.", "The earlier texts of {count} articles.")


def rules_behind(bundle: Bundle) -> tuple[Message, ...]:
    """Return the sentence that it stays behind which lines the reader leaves out of all articles of an outlet."""
    return counted(
        len(bundle.rules),
        "The rule that leaves one line out of an outlet's articles.",
        "The rules that leave {count} lines out of outlets' articles.",
    )


def explained_fields(bundle: Bundle) -> tuple[Message, ...]:
    """Return the sentence that what the reader's own fields mean stays behind, of those that articles here have."""
    used = {name for item in bundle.articles for name in item.article.attributes}
    explained = sum(bool(one.definition.strip()) for one in bundle.attributes if one.name in used)
    return counted(explained, "What one field of your own means.", "What {count} fields of your own mean.")
