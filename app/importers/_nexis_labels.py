"""What Nexis calls the fields of an article, in the languages of its pages, and what each of them is here.

The labels are in the language of the one who downloads: English, German, French, Spanish, Italian, Dutch, Portuguese.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_HEAD: Final[Mapping[str, str]] = {
    "words": "length|länge|longueur|longitud|extensión|lunghezza|lengte|comprimento|tamanho|extensão",
    "section": "section|rubrik|ressort|rubrique|sección|sezione|sectie|rubriek|seção|secção",
    "byline": "byline|autor|auteur|autore|autoría|firma|door",
    "title": "headline|schlagzeile|titular|titolo|título|titre",
    "summary": "highlight|encart|insert",
    "dateline": "dateline",
    "series": "series|name|serie|série",
    "column": "column",
}
_TAIL: Final[Mapping[str, str]] = {
    "loaded": "load-date|update|ladedatum|date-chargement|date de chargement|fecha de carga|fecha-carga"
              "|data di caricamento|data caricamento|data-caricamento|laaddatum|laad-datum|data de carga"
              "|data de carregamento|data-carga",
    "language": "language|sprache|langue|idioma|lingua|taal|língua",
    "publication_type": "publication-type|pub-type|type|publikationstyp|publikation-typ|type-publication"
                        "|type de publication|tipo de publicación|tipo-publicación|tipo di pubblicazione"
                        "|tipo pubblicazione|tipo-pubblicazione|publicatietype|publicatie-type|soort publicatie"
                        "|tipo de publicação|tipo-publicação",
    "journal_code": "journal-code|journal code|zeitschriften-code|code-journal|código de publicación|código-revista"
                    "|codice rivista|codice-rivista|tijdschriftcode|código do jornal|código-jornal",
    "subjects": "subject|thema|sujet|materia|tema|asunto|argomento|soggetto|onderwerp|assunto",
    "companies": "company|firma|unternehmen|societe|société|empresa|compañía|società|azienda|bedrijf",
    "organisations": "organization|organisation|organización|organizzazione|organisatie|organização",
    "people": "person|personne|persona|persoon|pessoa",
    "places": "geographic|geo-localization|city|state|country|facility|geographisch|geografie|stadt|land"
              "|localisation-geo|ville|pays|geográfico|geografía|ciudad|país|geografico|città|paese|geografisch|stad"
              "|cidade|estado",
    "industries": "industry|activity-sector|branche|industrie|secteur-activite|secteur|sector|industria|settore"
                  "|setor|indústria",
    "tickers": "ticker|stock-symbol|symbole-boursier|símbolo bursátil|símbolo-bursátil|simbolo di borsa"
               "|beurssymbool|símbolo da bolsa",
    "graphic": "graphic|grafik|graphique|gráfico|grafico|afbeelding",
    "address": "url",
    "document_type": "document-type|dokumenttyp|type-document|tipo de documento|tipo-documento|documenttype",
    "correction": "correction|correction-date",
    "distribution": "distribution",
    "notes": "notes",
    "series": "series",
    "document": "acc-no|document id",
    "product": "product",
}  # fmt: skip


def _by_label(meant: Mapping[str, str]) -> Mapping[str, str]:
    return {label: meaning for meaning, labels in meant.items() for label in labels.split("|")}


HEAD: Final = _by_label(_HEAD)
"""What each label above a text, in small letters, means: a field of an article, or the name of a detail."""

TAIL: Final = _by_label(_TAIL)
"""What each label below a text means."""

LENGTHS: Final = tuple(_HEAD["words"].split("|"))
"""How the line begins that counts the words, in small letters."""

BODY: Final = "body|volltext|corps|cuerpo|corpo|corpo del testo|hoofdtekst"
"""What stands alone in the line above a text, as alternatives of a pattern."""

BEHIND: Final = r"classification|graphic|klassifi\w+|clasificación|classificazione|classificatie|classificação"
"""What stands alone in a line below it."""

END: Final = (
    "end of document|ende des dokuments|fin du document|fin del documento|fine del documento|einde van het document"
    "|fim do documento"
)
"""What stands alone in the last line."""

NUMBERED: Final = r"documents?|dokumente?n?|documenten|documentos?|documenti"
"""What a line counts that stands above an article in the old layout."""

_WEEKDAYS: Final = (
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    "|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato"
    "|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|segunda-feira|terça-feira|quarta-feira"
    "|quinta-feira|sexta-feira"
)
WEEKDAYS: Final = frozenset(_WEEKDAYS.split("|"))
"""Days of the week, which may stand behind a date; the English ones are known by their end."""
