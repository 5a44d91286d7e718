"""Languages by the names that databases and tables call them by: in themselves, and in those of their pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LANGUAGES: Final[Mapping[str, str]] = {
    name: code
    for code, names in {
        "en": "english anglais englisch inglés inglese inglês anglès engels engelsk engelska englanti angielski"
              " angličtina английский англійська ingilizce 英语 英文 英語 영어 الإنجليزية الانجليزية אנגלית",
        "de": "german deutsch allemand alemán tedesco alemão duits tysk tyska saksa niemiecki němčina немецкий"
              " німецька almanca 德语 德文 德語 ドイツ語 독일어 الألمانية",
        "fr": "french français francais französisch francés francese francês frans fransk franska ranska francuski"
              " francouzština французский французька fransızca 法语 法文 法語 フランス語 프랑스어 الفرنسية",
        "es": "spanish español espanol espagnol spanisch castellano spagnolo espanhol spaans spansk spanska hiszpański"
              " испанский іспанська ispanyolca 西班牙语 西班牙文 西班牙語 スペイン語 스페인어 الإسبانية",
        "it": "italian italiano italien italienisch italiaans italiensk italienska włoski итальянский italyanca"
              " 意大利语 義大利文 イタリア語 이탈리아어 الإيطالية",
        "pt": "portuguese português portugues portugais portugués portugiesisch portoghese portugees portugisisk"
              " portugisiska portugalski португальский portekizce 葡萄牙语 葡萄牙文 ポルトガル語 포르투갈어 البرتغالية",
        "nl": "dutch nederlands néerlandais niederländisch flemish neerlandés holandés olandese holandês hollandsk"
              " nederländska нидерландский felemenkçe 荷兰语 荷蘭文 オランダ語",
        "ru": "russian русский russe russisch ruso russo rysk ryska rosyjski російська rusça 俄语 俄文 ロシア語"
              " 러시아어 الروسية",
        "uk": "ukrainian українська ukrainien ukrainisch ucraniano ucraino ukraiński украинский",
        "ar": "arabic العربية arabe arabisch árabe arabo arabiska arabski арабский arapça 阿拉伯语 阿拉伯文 アラビア語"
              " 아랍어",
        "zh": "chinese 中文 简体中文 繁體中文 汉语 漢語 chinois chinesisch chino cinese chinês kinesiska chiński"
              " китайский çince 中国語 중국어 الصينية",
        "ja": "japanese 日本語 日语 日文 日語 japonais japanisch japonés giapponese japonês japanska japoński японский"
              " japonca 일본어 اليابانية",
        "ko": "korean 한국어 韩语 韓文 韓国語 coréen koreanisch coreano koreański корейский korece",
        "pl": "polish polski polonais polnisch polaco polacco polonês polska польский lehçe",
        "tr": "turkish türkçe turc türkisch turco turecki турецкий 土耳其语 トルコ語",
        "cs": "czech čeština tchèque tschechisch checo ceco", "da": "danish dansk danois dänisch danés danese",
        "sv": "swedish svenska suédois schwedisch sueco svedese", "no": "norwegian norsk norvégien norwegisch noruego",
        "fi": "finnish suomi finnois finnisch finés", "hu": "hungarian magyar hongrois ungarisch húngaro ungherese",
        "ro": "romanian română roumain rumänisch rumano rumeno", "bg": "bulgarian български bulgare bulgarisch",
        "el": "greek ελληνικά grec griechisch griego greco", "he": "hebrew עברית hébreu hebräisch hebreo ebraico",
        "fa": "persian farsi فارسی persan persisch persa", "ur": "urdu اردو", "hi": "hindi हिन्दी",
        "id": "indonesian indonésien indonesisch indonesio", "vi": "vietnamese vietnamien vietnamesisch vietnamita",
        "ca": "catalan català katalanisch catalán catalano", "sr": "serbian serbe serbisch serbio",
        "hr": "croatian hrvatski croate kroatisch croata", "sk": "slovak slovenčina slovaque slowakisch eslovaco",
        "sl": "slovenian slovenščina slovène slowenisch esloveno", "th": "thai thaï tailandés",
        "ms": "malay malais malaiisch malayo",
    }.items()
    for name in names.split()
}  # fmt: skip
"""The code of each language, by its names in small letters."""
