"""The language is told by its script, by letters of its own, or by its commonest words; a tie is English or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cleaning.language import guess, settle, vote


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Мост через реку закрыли на ремонт в понедельник. Движение откроют осенью, сообщили в мэрии.", "ru"),
        ("Міст через річку закрили на ремонт у понеділок.", "uk"),
        ("Мост цераз раку зачынілі, і ён быў закрыты ўвесь дзень.", "be"),
        ("Мостът е затворен за ремонт. Движението ще бъде възстановено през есента, съобщи кметът.", "bg"),
        ("Şehir merkezinde yangın çıktı. Görgü tanıkları dumanın çok yoğun olduğunu söyledi.", "tr"),
        ("Η απεργία στο λιμάνι συνεχίζεται", "el"),
        ("Åke såg älgen på ön. Många människor på ön såg den i går på väg till färjan.", "sv"),
        ("Bådene ligger i havnen og skal ikke ud på havet i dag, siger manden, som havde set efter dem.", "da"),
        ("Båtene ligger i havnen og skal ikke ut på havet i dag, sier mannen som hadde sett etter dem.", "no"),
        ("Veneet ovat satamassa eivätkä ne lähde merelle tänään, mutta huomenna se on mahdollista.", "fi"),
        ("Lodě jsou v přístavu a dnes se na moře nevydají, protože by to bylo nebezpečné.", "cs"),
        ("A hajók a kikötőben vannak, és ma nem mennek ki a tengerre, mert az idő rossz.", "hu"),
        ("Bărcile sunt în port și nu vor ieși pe mare astăzi, pentru că a fost furtună.", "ro"),
        ("מחירי החיטה עלו ביום שלישי לרמה הגבוהה ביותר", "he"),
        ("เรืออยู่ในท่าเรือและวันนี้จะไม่ออกทะเล", "th"),
        ("قایق‌ها در بندر هستند و امروز به دریا نمی‌روند، چون هوا گرم است", "fa"),
        ("船は港にあり、今日は海に出ません。", "ja"),
        ("The firm 株式会社 said that it would not be at the fair in the spring", "en"),
    ],
)
def test_language(text, code):
    assert guess(text) == code


@pytest.mark.parametrize(
    "text",
    ["Buy a new pump as soon as I can. Do call Ana on Monday.", "No a bad idea. Do it.", "The boats are in the bay."],
)
def test_a_short_english_note_is_english(text):
    assert guess(text) == "en"


def test_words_alone_tell_the_script_too():
    assert vote(["τα", "πλοία", "είναι", "εδώ"]) == "el"


@given(st.text(max_size=200))
def test_any_text_has_a_language_or_none(text):
    assert guess(text) is None or len(guess(text)) == 2


@pytest.mark.parametrize(
    ("stated", "guessed", "settled"),
    [
        ("sk", "cs", "sk"),
        ("ca", "es", "ca"),
        ("sr", "cs", "sr"),
        ("mk", "sr", "mk"),
        ("sk", "en", "en"),
        ("en", "de", "de"),
        ("nb", "no", "no"),
        ("nb", "da", "da"),
        ("nb", None, "no"),
        ("et", None, "et"),
        (None, "cs", "cs"),
        (None, None, None),
    ],
)
def test_a_stated_language_that_no_text_can_be_told_to_be_in_is_believed(stated, guessed, settled):
    assert settle(stated, guessed) == settled
