"""Languages as a query may call them: by code, such as ``en`` or ``pt-br``, or by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CODE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")
"""A language as it is written after ``lang:``."""

_NAMES: Final = (
    "af afrikaans sq albanian am amharic ar arabic hy armenian az azerbaijani eu basque be belarusian bn bengali "
    "bs bosnian bg bulgarian my burmese ca catalan zh chinese hr croatian cs czech da danish nl dutch en english "
    "et estonian fi finnish fr french gl galician ka georgian de german el greek gu gujarati he hebrew hi hindi "
    "hu hungarian is icelandic id indonesian ga irish it italian ja japanese kk kazakh km khmer ko korean ku kurdish "
    "lo lao lv latvian lt lithuanian mk macedonian ms malay ml malayalam mt maltese mr marathi mn mongolian ne nepali "
    "no norwegian ps pashto fa persian pl polish pt portuguese pa punjabi ro romanian ru russian sr serbian si sinhala "
    "sk slovak sl slovenian so somali es spanish sw swahili sv swedish tl tagalog tg tajik ta tamil te telugu th thai "
    "tr turkish tk turkmen uk ukrainian ur urdu uz uzbek vi vietnamese cy welsh yi yiddish zu zulu"
)
_OWN_NAMES: Final = (
    "de deutsch fr français fr francais es español es espanol it italiano pt português pt portugues nl nederlands "
    "pl polski sv svenska da dansk no norsk fi suomi tr türkçe cs čeština el ελληνικά ru русский uk українська "
    "ar العربية he עברית fa فارسی hi हिन्दी zh 中文 ja 日本語 ko 한국어"
)
"""What the speakers of some call them."""

_ALL: Final = f"{_NAMES} {_OWN_NAMES}".split()
_CODES: Final[Mapping[str, str]] = MappingProxyType(dict(zip(_ALL[1::2], _ALL[::2], strict=True)))
_KNOWN: Final = frozenset(_CODES.values())


def code(value: str) -> str | None:
    """Return the code of a language, ``None`` when there is no such, or a value is the beginning of a name."""
    plain = value.strip().casefold().replace("_", "-")
    if plain in _CODES:
        return _CODES[plain]
    return plain if CODE.fullmatch(plain) and (plain in _KNOWN or not beginning(plain)) else None


def beginning(begun: str) -> tuple[str, ...]:
    """Return the codes of the languages with names that begin so."""
    return tuple(dict.fromkeys(own for name, own in _CODES.items() if name.startswith(begun)))
