"""Which of the older encodings a text is in: each is tried, and what comes out is judged as writing.

Judged are the characters beyond ASCII: whether letters stand in words of one script and of a usual mixture of upper and
lower case, and belong to one language of those that the encoding serves; whether quotes, dashes and signs stand where
they are used; and whether the commonest words of that language are there.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from app.cleaning.phrases import languages, stop_words, tokens

PLAUSIBLE: Final = 0.4
_MOST: Final = 3_000
_SAMPLE: Final = 2_000_000
_AROUND: Final = 24
_FIRST: Final = 0.15
_WORDS: Final = 0.5
_WORDS_SHARE: Final = 0.15

# The letters beyond ASCII of each language, or all its letters in the order of how common they are.
_ALPHABETS: Final = {
    "en": "éèïôçñöüêâàæœ", "de": "äöüß", "fr": "àâæçéèêëîïôœùûü", "es": "áéíóúüñ", "pt": "áâãàçéêíóôõúü",
    "it": "àèéìíîòóùú", "nl": "éèëïöüóáêç", "ca": "àçèéíïòóúü", "sv": "åäöéüà", "da": "æøåéüö", "no": "æøåéòôó",
    "fi": "äöåé", "is": "áðéíóúýþæö", "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž",
    "hu": "áéíóöőúüű", "ro": "ăâîșțşţ", "hr": "čćđšž", "tr": "çğıİöşüâîû", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž",
    "et": "äöõüšž", "ru": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", "uk": "оанівиетрсклудмпязьбгчйхцшжїєющфґ",
    "bg": "аоиентрвсдлпкмзъябгучцжщхшюйфь", "el": "αοιετσνηυρπκμλωςάγδίόέήθύχφβώξζψϊΐϋΰ",
    "he": "יוהלאתרבשמנכםדעקחפגטסצןזךףץ",
    "th": "านรอกเงวมยลสทตดปหคบะแพไจชขโใซศณธษถภญผฐซฉฟฝฮฎฏฆฬฑฒฌๆๅฯฤ",
    "ar": "المنيوترةبعسدفهكحقأجشطصخذضإىزغثئءظآؤ", "fa": "اینردهومتبسشکمزفگخلقعچپجحطصآذئضغثظژ",
}  # fmt: skip
# Decoder, and the languages it is tried for. The first of equals wins.
_PAGES: Final = (
    ("cp1252", "en de fr es pt it nl ca sv da no fi is"), ("cp1250", "en pl cs sk hu ro hr de"),
    ("cp1251", "ru uk bg"), ("koi8-r", "ru"), ("koi8-u", "uk"), ("cp1253", "el"), ("cp1254", "en tr"),
    ("cp1255", "he"), ("cp1256", "ar fa"), ("cp874", "th"), ("iso8859-2", "en pl cs sk hu ro hr de"),
    ("iso8859-15", "en fr de es fi"),
    ("mac-roman", "en de fr es pt it nl sv da no"), ("cp1257", "en lt lv et"), ("iso8859-7", "el"),
    ("iso8859-8", "he"), ("iso8859-6", "ar"), ("iso8859-5", "ru bg"), ("cp866", "ru"), ("mac-cyrillic", "ru uk"),
    ("cp850", "en de fr es pt it sv da"), ("cp852", "pl cs sk hu"),
)  # fmt: skip
_FIRST_PAGE: Final = "cp1252"
# Bytes of UTF-8 are frames and blocks in these, or common letters: they are never taken for each other. In Thai a vowel
# and the consonant behind it are like a sequence of UTF-8.
_APART: Final = frozenset(("cp850", "cp852", "cp866", "cp874"))
_APART_DOUBT: Final = 0.2

# The characters that make up about half of any text in these languages.
_SIMPLIFIED: Final = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学"
    "如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将"
    "两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立"
    "及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统"
    "区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确"
    "传师观清今切院让识候带导争运周星期京上海增新闻消息"
)
_TRADITIONAL: Final = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學"
    "如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將"
    "兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立"
    "及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統"
    "區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確"
    "傳師觀清今切院讓識候帶導爭運週台灣港"
)
_HANGUL: Final = frozenset(
    "이다는의에을가고한를은지로사하기대도인해자정시서제어수일리나있전라주아상들부그장보스원구과여오으면공동안조국만치되성경비위무게관계"
    "문회했것모세마우진적와업방선바산교소연생민거였않없까드불물요용미니트신유실년월말명중학행노당개체단발때각간화려요직통결후날입분란형같"
)
_WIDE: Final = ("gb18030", "big5", "cp932", "euc-jp", "euc-kr")
_COMMON: Final = {"gb18030": _SIMPLIFIED | _TRADITIONAL, "big5": _TRADITIONAL, "euc-kr": _HANGUL}
_KANA: Final = re.compile("[\u3041-\u30fe]")
_WIDE_LETTER: Final = re.compile("[\u3041-\u30fe\u3400-\u9fff\uac00-\ud7a3]")
_HALF_KANA: Final = re.compile("[\uff61-\uff9f]")
_COMMON_SHARE: Final = 0.3

_STRANGE: Final = re.compile(r"[^\x00-\x7f]")
_WORD: Final = re.compile(r"[^\W\d_\xaa\xb2\xb3\xb9\xba\xbc-\xbe]+")
_PLACED: Final = ("de", "fr", "es", "pt", "it", "sv", "da", "cs", "pl", "tr")
_RARE: Final = frozenset("þðÿýƒ")
_WESTERN: Final = frozenset("".join(_ALPHABETS[code] for code in _PLACED))
_BEGINNING: Final = 20_000
_HIGH: Final = bytes(range(128, 256))
_MANY_BYTES: Final = re.compile(
    rb"\xc2[\xa0-\xbf]|[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_FINALS: Final = frozenset("ךםןףץς")
_ALONE: Final = frozenset("àâáéèêíóúùåæøöžšô")
_NEVER_FIRST: Final = frozenset("ъьы")
_OPENING: Final = frozenset("“‘«„‹‚¿¡")
_CLOSING: Final = frozenset("”’»›“‘")
_DASHES: Final = frozenset("–—−")
_AFTER: Final = frozenset("™®²³º¹ª½¼¾‰،؛؟·€£¢")
_BEFORE: Final = frozenset("€£¥§©№¶±×½¼¾")
_FREE: Final = frozenset("…•·°")


@dataclass(frozen=True)
class Reading:
    """What an encoding makes of a text: ``fit`` says how much it looks like writing, one at best."""

    encoding: str
    fit: float
    score: float


def best_reading(data: bytes) -> str | None:
    """Return the most plausible text of bytes that are not UTF-8, or ``None`` when nothing is plausible."""
    readings = [*_narrow_readings(data), *_wide_readings(data)]
    plausible = [reading for reading in readings if reading.fit >= PLAUSIBLE]
    for reading in sorted(plausible, key=lambda reading: -reading.score):
        text = _decoded(data, reading.encoding)
        if text is not None:
            return text
    return None


def fit(text: str, data: bytes) -> float:
    """Return how much a text that was decoded from ``data`` looks like writing in any language; one at best."""
    if len(_WIDE_LETTER.findall(text[:_SAMPLE])) * 2 > len(_STRANGE.findall(text[:_SAMPLE])):
        return max(_wide_fit(text, encoding) for encoding in _WIDE)
    judged = _Judged.of(_excerpt(text), text[:_BEGINNING])
    return max(judged.fit(code) for code in _ALPHABETS) - _mistaken(data)


def _narrow_readings(data: bytes) -> Iterator[Reading]:
    """Yield what the encodings of one byte a letter make of the places where it matters."""
    excerpt, beginning, many = _excerpt(data.decode("latin-1")).encode("latin-1"), data[:_BEGINNING], _mistaken(data)
    for encoding, codes in _PAGES:
        text = _decoded(excerpt, encoding)
        if text is None:
            continue
        judged = _Judged.of(text, beginning.decode(encoding, "replace"))
        mistaken = _APART_DOUBT if encoding in _APART else many
        for code in codes.split():
            # The Icelandic letters are what Turkish and Lithuanian become when cp1252 is wrong.
            first = _FIRST if encoding == _FIRST_PAGE and code != "is" else 0.0
            found = judged.fit(code) - mistaken
            yield Reading(encoding, found, found + first + judged.commonest(code))


def _wide_readings(data: bytes) -> Iterator[Reading]:
    for encoding in _WIDE:
        text = _decoded(data, encoding)
        if text is not None:
            found = _wide_fit(text, encoding)
            yield Reading(encoding, found, found + _WORDS)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _mistaken(data: bytes) -> float:
    """Return how much speaks for UTF-8 among bytes of one letter each: its sequences hardly come about by chance."""
    sample = data[:_SAMPLE]
    strange = len(sample) - len(sample.translate(None, _HIGH))
    found = sum(len(sequence) for sequence in _MANY_BYTES.findall(sample))
    return 3.0 * found / strange if strange and found * 20 > strange else 0.0


@dataclass(frozen=True)
class _Judged:
    """What a text holds beyond ASCII: points for places, and the letters, whose points depend on the language."""

    points: float
    letters: Counter[str]
    count: int
    words: int
    spoken: Counter[str]

    @classmethod
    def of(cls, excerpt: str, beginning: str) -> _Judged:
        """Judge the characters beyond ASCII in their places, and the words at the beginning."""
        points, letters, count = 0.0, Counter[str](), 0
        for match in _STRANGE.finditer(excerpt):
            at, sign = match.start(), match[0]
            count += 1
            if sign.isalpha() and sign not in "ªº":
                letters[sign if sign == "İ" else sign.lower()] += 1
            else:
                points += _sign(sign, excerpt[at - 1 : at] or " ", excerpt[at + 1 : at + 2] or " ")
        points -= sum(_oddness(match[0]) for match in _WORD.finditer(excerpt))
        words = tokens(beginning)
        return cls(points, letters, count, len(words), _spoken(words))

    def fit(self, code: str) -> float:
        """Return the mean points of a character, taking the text to be in a language."""
        if not self.count:
            return 0.0
        if code == "is" and _RARE.issuperset(self.letters):
            return -1.0
        known = _weights(code)
        points = sum(known.get(letter, _stray(letter)) * times for letter, times in self.letters.items())
        return (points + self.points) / self.count

    def commonest(self, code: str) -> float:
        """Return up to half a point for the commonest words of a language, as many as any other has of its own."""
        most = max(self.spoken.values(), default=0)
        if not most:
            return 0.0
        found = self.spoken[code]
        return _WORDS * found / most * min(1.0, found / (self.words + 3) / _WORDS_SHARE)


def _excerpt(text: str) -> str:
    """Return the surroundings of the first characters beyond ASCII."""
    spans: list[tuple[int, int]] = []
    for match in islice(_STRANGE.finditer(text), _MOST):
        start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return "\n".join(text[start:end] for start, end in spans)


def _spoken(words: Sequence[str]) -> Counter[str]:
    """Count the commonest words of each language among ``words``."""
    counts = Counter(words)
    return Counter({code: sum(counts[word] for word in counts.keys() & stop_words(code)) for code in languages()})


def _stray(letter: str) -> float:
    """Return the points of a letter that is foreign to the language: names bring some."""
    if letter in _RARE:
        return -0.5
    return 0.5 if letter in _WESTERN else -1.0


@cache
def _weights(code: str) -> dict[str, float]:
    """Return the points of each letter of a language: one, and less for the rare ones of a whole alphabet."""
    letters = _ALPHABETS[code]
    if len(letters) < 20 or letters[0] in "áàâ":
        return dict.fromkeys(letters, 1.0)
    return {letter: 1.0 - 0.7 * (place / len(letters)) ** 2 for place, letter in enumerate(letters)}


def _sign(sign: str, before: str, after: str) -> float:
    """Return the points of a character that is no letter, between its neighbours."""
    if unicodedata.category(sign) in ("Cc", "Cn", "Co"):
        return -3.0
    if unicodedata.category(sign) in ("Mn", "Cf", "Zs"):
        return 0.3
    good = (
        (sign in "’ʼ" and before.isalpha() and after.isalpha())
        or (sign in _OPENING and not before.isalnum() and (after.isalnum() or sign == "«" or not after.isspace()))
        or (sign in _CLOSING and not before.isspace() and not after.isalnum())
        or (sign in "«»" and (before.isspace() or after.isspace()))
        or (sign in _DASHES and (before.isspace() == after.isspace() or after.isspace()))
        or (sign in _AFTER and not before.isspace() and not after.isalpha())
        or (sign in _BEFORE and not before.isalpha() and (not after.isalpha() or sign in "©№"))
        or sign in _FREE
    )
    return 1.0 if good else -1.0


def _oddness(word: str) -> float:
    """Return how odd a word is: scripts or cases mixed, only accented letters, letters where they never stand."""
    if word.isascii():
        return 0.0
    strange = _STRANGE.findall(word)
    ascii_letters = len(word) - len(strange)
    first = unicodedata.name(strange[0], "").split(" ")[0]
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in strange if letter not in "ªºµ"}
    odd = 0.0
    bare = first == "LATIN" and len(word) > 1 and ascii_letters * 4 < len(word)
    if bare or len(scripts) > 1 or (ascii_letters and first != "LATIN"):
        odd += 2.0
    if not (word.islower() or word.isupper() or word[1:].islower() or word.lower() == word.upper()):
        odd += 2.0
    elif len(word) > 1 and word.isupper():
        odd += 0.3
    elif len(word) == 1 and first == "LATIN" and word.lower() not in _ALONE:
        odd += 1.0
    if any(letter in _FINALS for letter in word[:-1]) or word[0].lower() in _NEVER_FIRST:
        odd += 1.0
    return odd * max(1, len(strange) / 2)


def _wide_fit(text: str, encoding: str) -> float:
    """Return how much a text in an East Asian encoding looks like one: its commonest characters are there."""
    sample = text[:_SAMPLE]
    letters = Counter(_WIDE_LETTER.findall(sample))
    strange = len(_STRANGE.findall(sample))
    count = letters.total()
    if not count or count * 2 < strange:
        return 0.0
    bad = sum(unicodedata.category(sign) in ("Cn", "Co", "Cc") for sign in _STRANGE.findall(sample[:_MOST]))
    bad += len(_HALF_KANA.findall(sample))
    kana = len(_KANA.findall(sample))
    if encoding in _COMMON:
        known = _COMMON[encoding]
        found = (sum(n for letter, n in letters.items() if letter in known) - kana) / count / _COMMON_SHARE
    else:
        found = kana / count / _COMMON_SHARE
    return min(1.0, found) - 2.0 * bad / strange


def wide_sixteen(data: bytes) -> str | None:
    """Return UTF-16 without a mark where it makes sense as Chinese, Japanese or Korean."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = None if len(data) % 2 else _decoded(data, encoding)
        sample = text[:_MOST].strip() if text else ""
        letters = len(_WIDE_LETTER.findall(sample))
        if letters > 3 and letters * 2 > len(sample) and max(_wide_fit(sample, page) for page in _WIDE) > PLAUSIBLE:
            return text
    return None
