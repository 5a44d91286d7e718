"""What ProQuest calls the fields of a record, in the languages of its pages, and what each of them is here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FULL: Final = "full text"
PASSED: Final = "-"

_ENGLISH: Final[Mapping[str, str]] = {
    "title": "title", "alternate title": "alternate_title", "translated title": "alternate_title",
    "subtitle": "alternate_title", "author": "byline", "authors": "byline", "first author": "byline",
    "correspondence author": "correspondence", "corporate author": "corporate_author", "editor": "editor",
    "author affiliation": "affiliation",
    "publication info": "publication_info", "full text": FULL, "abstract": "abstract",
    "abstract (summary)": "abstract", "links": PASSED, "publication title": "outlet", "publication date": "published",
    "publication year": "year", "year": "year", "section": "section", "pages": "page", "first page": "page",
    "start page": "page", "number of pages": "page_count", "volume": "volume", "issue": "issue", "edition": "edition",
    "column": "column", "dateline": "dateline", "publisher": "publisher", "place of publication": "place",
    "country of publication": "country", "publication subject": "publication_subject",
    "journal subject": "publication_subject", "literary genre": "genre",
    "issn": "issn", "e-issn": "issn", "isbn": "isbn", "e-isbn": "isbn", "coden": "coden", "doi": "doi",
    "source type": "source_type", "source": "source", "source attribution": "source",
    "language of publication": "language", "language": "language",
    "document type": "document_type", "document feature": "document_feature", "proquest document id": "document",
    "document url": "document_address", "url": "address", "copyright": "copyright", "last updated": "updated",
    "database": "database", "subject": "subjects", "subjects": "subjects", "narrow subject": "subjects",
    "broad subject": "subjects", "mesh subject": "subjects", "mesh": "subjects", "company subject": "subjects",
    "business indexing term": "subjects", "indexing term": "subjects",
    "location": "places", "locations": "places", "people": "people", "person": "people",
    "company / organization": "organisations", "company/org": "organisations", "organization": "organisations",
    "identifier / keyword": "keywords", "identifiers / keywords": "keywords", "keyword": "keywords",
    "classification": "classification", "product name": "products", "naics": "industries", "naics code": "industries",
    "credit": "credit", "illustration": "illustration", "image": "illustration", "caption": "illustration",
    "full text availability": PASSED, "publication history": "history", "online publication date": "history",
    "milestone dates": "history", "accession number": "accession_number", "notes": "notes", "supplement": "supplement",
    "ethnic newswatch": PASSED, "word count": "words", "school": "school", "degree": "degree",
}  # fmt: skip

# German, French, Spanish, Portuguese, Italian, Polish, Russian, Turkish, Arabic, Chinese, Japanese, Korean.
_OTHERS: Final[Mapping[str, str]] = {
    "title": "titel|titre|título|titolo|tytuł|название|başlık|العنوان|标题|標題|タイトル|제목",
    "byline": "autor|auteur|autore|автор|yazar adı|المؤلف|作者|著者|저자",
    "outlet": "titel der publikation|titre de la publication|título de publicación|título da publicação"
              "|titolo pubblicazione|tytuł publikacji|название публикации|yayın adı|عنوان المطبوعة"
              "|出版物名称|出版物名稱|出版物のタイトル|출판물 제목",
    "published": "publikationsdatum|erscheinungsdatum|date de publication|fecha de publicación|data de publicação"
                 "|data da publicação|data di pubblicazione|data publikacji|дата публикации|yayınlanma tarihi"
                 "|تاريخ النشر|出版日期|出版日|출판 날짜",
    "year": "erscheinungsjahr|année de publication|año de publicación|ano de publicação|ano da publicação"
            "|anno di pubblicazione|rok publikacji|год публикации|yayın yılı|عام النشر|出版年份|出版年|출판 연도",
    "section": "bereich|sección|seção|secção|sezione|rozdział|раздел|bölüm|القسم|章节|區段|セクション|섹션",
    "page": "seiten|erste seite|première page|primera página|primeira página|prima pagina|páginas|pagine|strony"
            "|страницы|sayfalar|الصفحات|页|頁面|ページ|페이지",
    "publisher": "herausgeber|verlag|éditeur|editorial|editora|casa editrice|wydawca|издательство|yayıncı|الناشر|出版商"
                 "|出版者|出版社|출판사",
    "place": "verlagsort|lieu de publication|lugar de publicación|local de publicação|luogo di pubblicazione"
             "|miejsce publikacji|место публикации|basım yeri|مكان النشر|出版物地点|出版地|출판 지역",
    "country": "publikationsland|pays de publication|país de publicación|país de publicação|paese di pubblicazione"
               "|kraj publikacji|страна публикации|بلد النشر",
    "publication_info": "informationen zur veröffentlichung|informations de publication|información de publicación"
                        "|información sobre la publicación|informazioni sulla pubblicazione|informações da publicação"
                        "|informações de publicação",
    "updated": "zuletzt aktualisiert|letzte aktualisierung|dernière mise à jour|última actualización"
               "|última atualização|ultimo aggiornamento",
    "language": "publikationssprache|sprache der veröffentlichung|sprache|langue de publication|langue"
                "|idioma de la publicación|idioma"
                "|idioma de publicação|lingua di pubblicazione|lingua|język publikacji|język|язык публикации|язык"
                "|yayın dili|dil|لغة النشر|اللغة|出版物语言|语言|出版物語言|語言|出版物の言語|言語|출판 언어|언어",
    "source_type": "quellentyp|type de source|tipo de fuente|tipo de fonte|tipo di fonte|typ źródła|тип источника"
                   "|yayın türü|نوع المصدر|来源类型|來源類型|リソースタイプ|원본 유형",
    "document_type": "dokumententyp|type de document|tipo de documento|tipo di documento|rodzaj dokumentu|тип документа"
                     "|belge türü|文档类型|文件類型|ドキュメントのタイプ|문서 형식",
    "document": "proquest-dokument-id|id du document proquest|id del documento de proquest|id do documento proquest"
                "|id documento proquest",
    "document_address": "dokument-url|url du document|url del documento|url do documento|url documento",
    "database": "datenbank|base de données|base de datos|base de dados|baza danych|база|veritabanı|قاعدة البيانات"
                "|数据库|資料庫|データベース|데이터베이스",
    "subjects": "thema|fachgebiet|schlagwort|sujet|materia|assunto|soggetto|temat|тема|konu|الموضوع|主题|主題|주제",
    "places": "ort|standort|lieu|lugar|local|luogo",
    "people": "personen|personnes|personas|pessoas|persone",
    "organisations": "unternehmen/organisation|unternehmen / organisation|société / organisation|société/organisation"
                     "|empresa/organización|empresa / organización|empresa/organização|azienda / organizzazione",
    "keywords": "identifikator / schlüsselwort|identificateur / mot-clé|identificador / palabra clave"
                "|identificador / palavra-chave|identificativo/parola chiave",
    "copyright": "prawa autorskie|حقوق النشر|版权|著作權|著作権|telif hakkı",
    "abstract": "zusammenfassung|résumé|resumen|resumo|riassunto|streszczenie|аннотация|özet|摘要|抄録|초록",
    FULL: "volltext|texte intégral|texto completo|testo completo|pełny tekst|полный текст|tam metin|النص الكامل"
          "|全文|全文文献|전체 텍스트",
}  # fmt: skip

LABELS: Final[Mapping[str, str]] = {
    **{label: meaning for meaning, labels in _OTHERS.items() for label in labels.split("|")},
    **_ENGLISH,
}
"""What each label, in small letters, means: a field of an article, or the name of a detail."""

DETAILS: Final = frozenset(("details", "detalles", "détails", "detalhes", "dettagli", "szczegóły", "详细信息", "詳細"))
"""The bare headings, in small letters, that stand above the fields."""

LINKS: Final = frozenset(("links", "liens", "enlaces", "collegamenti", "łącza", "链接"))
"""The bare headings, in small letters, that stand above what the library links to."""
