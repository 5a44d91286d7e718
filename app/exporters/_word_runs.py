"""Text as runs of WordprocessingML (ECMA-376, part 1, section 17.3.2): looks, languages, and both directions."""

from __future__ import annotations

from html import escape

from app.exporters._composition import Paragraph, Stretch
from app.exporters._languages import kind_of_language
from app.exporters._shading import Shade
from app.text.directions import stretches

_Look = tuple[tuple[str, ...], bool, Shade | None, bool, str]


class Runs:
    """Writes stretches of text; what a look is written as is kept, for a document has few of them."""

    def __init__(self) -> None:
        """Begin with no look."""
        self._looks: dict[_Look, str] = {}

    def runs(self, stretch: Stretch, block: Paragraph) -> str:
        """Return a stretch as runs, one for each direction."""
        text = stretch.text
        if not block.rightward and text.isascii():
            return self._run(text, stretch, block.language, False)
        return "".join(
            self._run(part, stretch, block.language, rightward)
            for part, rightward in stretches(text, rightward=block.rightward)
        )

    def _run(self, text: str, stretch: Stretch, language: str, rightward: bool) -> str:
        look = (stretch.kinds, bool(stretch.link), stretch.shade, rightward, language)
        if look not in self._looks:
            self._looks[look] = _look(*look)
        return f'<w:r>{self._looks[look]}<w:t xml:space="preserve">{characters(text)}</w:t></w:r>'


def characters(text: str) -> str:
    """Return text as it stands inside of ``w:t``."""
    written = escape(text, quote=False)
    return written.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">') if "\t" in text else written


def _look(kinds: tuple[str, ...], link: bool, shade: Shade | None, rightward: bool, language: str) -> str:
    """Return the settings of a run, in the order that the schema wants (CT_RPr)."""
    parts = (
        '<w:rStyle w:val="HTMLCode"/>' if "code" in kinds else '<w:rStyle w:val="Hyperlink"/>' if link else "",
        '<w:rFonts w:hint="eastAsia"/>' if language and kind_of_language(language) == "eastAsia" else "",
        "<w:b/><w:bCs/>" if "strong" in kinds else "",
        "<w:i/><w:iCs/>" if "emphasis" in kinds else "",
        "<w:strike/>" if "struck" in kinds else "",
        '<w:color w:val="767676"/>' if "promotion" in kinds and not link else "",
        f'<w:u w:val="single" w:color="{shade.line}"/>' if shade else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{shade.fill}"/>' if shade else "",
        '<w:vertAlign w:val="superscript"/>' if "superscript" in kinds else "",
        "<w:rtl/>" if rightward else "",
        f'<w:lang w:{kind_of_language(language)}="{escape(language)}"/>' if language else "",
    )
    settings = "".join(parts)
    return f"<w:rPr>{settings}</w:rPr>" if settings else ""
