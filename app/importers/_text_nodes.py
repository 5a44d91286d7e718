"""The text nodes of HTML, for formats that count in them."""

from __future__ import annotations

from html.parser import HTMLParser


class _Shown(HTMLParser):
    """Gathers the text nodes of a document, white space and all: highlights count their bytes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._after_pre = False

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._after_pre = tag in ("pre", "textarea", "listing")

    def handle_endtag(self, _tag: str) -> None:
        self._after_pre = False

    def handle_data(self, data: str) -> None:
        # A line break right after <pre> is no text.
        self.texts.append(data.removeprefix("\n") if self._after_pre else data)
        self._after_pre = False


def text_nodes(markup: str) -> str:
    """Return the text nodes of a piece of HTML one after the other."""
    reader = _Shown()
    reader.feed(markup)
    reader.close()
    return "".join(reader.texts)
