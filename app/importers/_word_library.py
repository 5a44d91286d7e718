"""The library that turns Word documents into HTML, held so that a damaged document costs a sentence."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from app.errors import ImportFailed
from app.loading import load


def converted(data: bytes, name: str, picture: Callable[[Any], Mapping[str, str]], styles: str = "") -> str:
    """Return a document as HTML. ``picture`` gives the attributes of each picture, ``styles`` say what styles mean.

    Raises ``ImportFailed``.
    """
    mammoth = load("mammoth")
    try:
        result = mammoth.convert_to_html(io.BytesIO(data), convert_image=mammoth.images.img_element(picture),
                                         style_map=styles, include_embedded_style_map=False)  # fmt: skip
    except MemoryError:
        raise
    except Exception as problem:  # a damaged document may break the library anywhere
        raise ImportFailed("{name} is a damaged Word document: its text cannot be read.",
                           "Download it again, or open it in Word or LibreOffice and save it anew.",
                           name=name) from problem  # fmt: skip
    markup: str = result.value
    return markup
