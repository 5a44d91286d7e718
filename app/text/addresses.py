"""Addresses in a text: which may be kept as links, and what a relative one means."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin, urlsplit

LONGEST: Final = 4096

_SCHEMES: Final = frozenset(("http", "https", "mailto"))
_PLAIN: Final = ("https://", "http://", "mailto:")
_FULL: Final = re.compile(r"https?://[\w.-]+(?:/[\w/.,~%@+=:-]+)?(?:\?[\w/.,~%@+=:&-]+)?", re.ASCII)
_CLEAN: Final = re.compile("[!-~]*")
_BREAKS: Final = re.compile("[\t\n\r]")
_BLANKS: Final = "".join(map(chr, range(33)))


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


def full_address(address: str, base: str) -> str:
    """Return the full address of an image, or ``address`` itself where that cannot be known."""
    if _FULL.fullmatch(address):
        return address
    try:
        return urljoin(base, address) if base and address else address
    except ValueError:
        return address
