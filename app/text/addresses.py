"""Addresses in a text: which may be kept as links, and what a relative one means."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

LONGEST: Final = 4096

_SCHEMES: Final = frozenset(("http", "https", "mailto"))
_PLAIN: Final = ("https://", "http://", "mailto:")
_FULL: Final = re.compile(r"https?://[\w.-]+(?:/[\w/.,~%@+=:-]+)?(?:\?[\w/.,~%@+=:&-]+)?", re.ASCII)
_CLEAN: Final = re.compile("[!-~]*")
# A copy in an archive: its moment, perhaps with how it is shown, and the whole address of the page behind it.
_COPY: Final = re.compile(
    r"https?://[^/?#]+(?:/\w+){0,2}/\d[\d.-]{7,19}(?:[a-z]{2}_)?/(?P<own>https?://.+)", re.IGNORECASE
)
_BREAKS: Final = re.compile("[\t\n\r]")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SPACE: Final = re.compile(r"\s")
_BLANKS: Final = "".join(map(chr, range(33)))
# what an address has for those who count where visitors come from
_COUNTED: Final = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ref|ref_src|smid|cmpid|ocid|igshid", re.IGNORECASE)


def safe_address(address: str, base: str = "") -> str | None:
    """Return ``address`` when it may be kept as a link: http, https, mailto, or a fragment; otherwise ``None``."""
    if not _CLEAN.fullmatch(address):
        address = _BREAKS.sub("", address.strip(_BLANKS)).replace(" ", "%20")
    if not address or len(address) > LONGEST:
        return None
    if address.startswith("#"):
        return address if len(address) > 1 else None
    if address.startswith(_PLAIN):
        return address
    try:
        if base and address[0] == "/" and address[1:2] != "/" and "/." not in address:
            return f"{_origin(base)}{address}"
        full = urljoin(base, address) if base else address
        return full if urlsplit(full).scheme.lower() in _SCHEMES else None
    except ValueError:
        return None


def original_address(address: str) -> str:
    """Return the address of the page that an archive of the web keeps a copy of, of any other address itself."""
    copy = _COPY.fullmatch(address)
    return copy["own"] if copy else address


def whole_address(address: str) -> str:
    """Return an address on one line, without a space: as in a browser those inside are ``%20``, those round it go.

    Breaks of its line are no part of it. What has no scheme is no address, and keeps its words apart.
    """
    if not _SCHEME.match(address.strip()):
        return " ".join(address.split())
    return _SPACE.sub(lambda space: quote(space[0]), _BREAKS.sub("", address.strip()))


@lru_cache(64)
def _origin(base: str) -> str:
    """Return what an address on the same site begins with; raises ``ValueError`` for a base that is no address."""
    scheme, site, _path, _query, _fragment = urlsplit(base)
    if scheme.lower() not in ("http", "https") or not site:
        raise ValueError(base)
    return f"{scheme}://{site}"


def site(address: str) -> str:
    """Return the site of an address of the web, without ``www.``; nothing for anything else."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "") if parts.scheme.lower() in ("http", "https") else ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def is_front_page(address: str) -> bool:
    """Tell whether an address is that of a whole site, as some of its pages give it for their own."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return bool(parts.netloc) and parts.path in ("", "/") and not (parts.query or parts.fragment)


def page_of(address: str) -> str:
    """Return an address as it is compared with others of one page; ``""`` for a front page, which is that of none.

    It is without its scheme, ``www.``, what only counts visitors, and the place on the page.
    """
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return address.strip()
    asked = [(name, value) for name, value in parse_qsl(parts.query, True) if not _COUNTED.fullmatch(name)]
    # Some sites are one page, and say behind the hash which article it shows.
    place = parts.fragment if "/" in parts.fragment else ""
    page = "".join((parts.path.rstrip("/"), f"?{urlencode(asked)}" if asked else "", f"#{place}" if place else ""))
    return f"{host}{page}" if page else ""


def full_address(address: str, base: str) -> str:
    """Return the full address of an image, or ``address`` itself where that cannot be known."""
    if _FULL.fullmatch(address):
        return address
    try:
        return urljoin(base, address) if base and address else address
    except ValueError:
        return address
