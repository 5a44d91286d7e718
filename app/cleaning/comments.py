"""Where the comments of readers begin below a scraped article: they read like the article, and are none of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from app.cleaning.features import Feature

_WORDS: Final = 100  # of sentences that an article has before anybody answers it
_SEVERAL: Final = 2  # comments, so that it is no single letter that the article quotes
_NAME: Final = 8  # words of a line that names who wrote
_LONGEST: Final = 40  # words of a heading with the title of the article in it
_SAYS: Final = re.compile(
    r"\S.{0,60}?\s(?:says|said|wrote|sagt|schreibt|schrieb|schreef|zegt|dit|a écrit|dice|dijo|escribió|diz|disse|scrive"
    r"|ha detto|pisze|skriver|säger|siger|sier|пишет)\s?:$"
)
_MOMENT: Final = re.compile(r"\b\d{4}\b.*?\b\d{1,2}[:.h]\d{2}")
_COUNTED: Final = re.compile(
    r"\d[\d,.]*\s(?:(?:thoughts?|repl(?:y|ies)|responses?|comments?) (?:on|to)"
    r"|(?:Antwort(?:en)?|Kommentare?) (?:auf|zu)"
    r"|(?:commentaires?|réponses?) (?:sur|à)|(?:comentarios?|respuestas?) (?:en|a)|(?:comentários?|respostas?) (?:em|a)"
    r"|(?:commenti|commento|risposte) (?:su|a)|(?:reacties?|gedachten) (?:op|over)"
    r"|(?:kommentarer|svar) (?:til|till|på))\s",
    re.IGNORECASE,
)


def before_comments(features: Sequence[Feature], first: int, last: int) -> int:
    """Return where an article from ``first`` to ``last`` ends: before a line that counts comments, or the first two.

    A comment begins with a line that names who wrote it, above one that says on what day and at what hour.
    """
    told, begins = 0, []
    for number in range(first, last):
        part = features[number]
        text = part.line.text
        if told >= _WORDS and text[:1].isdigit() and part.count < _LONGEST and _COUNTED.match(text):
            return number - 1
        if told >= _WORDS and text[-1:] == ":" and part.count <= _NAME and _SAYS.match(text):
            begins += [number] if _MOMENT.search(features[number + 1].line.text) else []
            if len(begins) == _SEVERAL:
                return begins[0] - 1
        told += part.count if part.full else 0
    return last
