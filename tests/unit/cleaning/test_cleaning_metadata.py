"""Titles, authors, sections, outlets and dates are read where they are stated, and nowhere else."""

from __future__ import annotations

import pytest

from app.cleaning.dates import find_date, read_stamp
from app.cleaning.metadata import (
    breadcrumb,
    copyright_name,
    dateline_day,
    dateline_outlet,
    derived_title,
    promoted_outlet,
    sections,
)
from app.cleaning.phrases import lexicon, tokens
from app.cleaning.signatures import Signature, author, initials, is_bare_name, read_signature

EN = lexicon("en")


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("by Ada Marsh", "Ada Marsh"),
        ("By: Ada Marsh", "Ada Marsh"),
        ("Written by Ada Marsh", "Ada Marsh"),
        ("By", ""),
        ("By the time we came it was over.", None),
        ("Ada Marsh", None),
        ("by all means", None),
    ],
)
def test_bylines(line, rest):
    assert read_signature(line, tokens(line), EN) == (None if rest is None else Signature(rest))


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Ada Marsh Senior News Editor", "Ada Marsh", "Senior News Editor"),
        ("Ada Marsh, Foreign Correspondent", "Ada Marsh", "Foreign Correspondent"),
        ("Chief Editor", "Chief Editor", "Chief Editor"),
        ("Ada Marsh and Ben Lowe", "Ada Marsh and Ben Lowe", ""),
        ("Ada Marsh | 4 March 2025", "Ada Marsh", ""),
        ("Ada Marsh / Foreign Correspondent", "Ada Marsh", "Foreign Correspondent"),
        ("Ada Marsh / Harbour Post", "Ada Marsh", ""),
        ("Ada Marsh /", "Ada Marsh", ""),
        ("Ada Marsh |", "Ada Marsh", ""),
        ("Ada Marsh on January 21, 2023", "Ada Marsh", ""),
        ("Harbour News Agency", "Harbour News Agency", ""),
    ],
)
def test_the_role_is_split_off(text, name, role):
    assert author(text, EN) == (name, role)


def test_names_and_their_initials():
    assert is_bare_name("Ada Marsh", EN)
    assert is_bare_name("Ada van der Marsh", EN)
    assert not is_bare_name("Real Estate", EN)
    assert not is_bare_name("Ada", EN)
    assert initials("A", "Ada Marsh")
    assert initials("AM", "Ada Marsh")
    assert not initials("B", "Ada Marsh")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Politics", ("Politics",)),
        ("WORLDBusinessScience", ("World", "Business", "Science")),
        ("World | Business", ("World", "Business")),
        ("Worldly matters", ()),
        ("WORLDBusinessXyz", ()),
    ],
)
def test_sections_also_when_run_together(line, found):
    assert sections(line, EN) == found


def test_breadcrumbs_lead_to_the_title():
    assert breadcrumb("Home » World » The Tide Turns", "The Tide Turns", EN) == ("World",)
    assert breadcrumb("Home › World", None, EN) == ("World",)
    assert breadcrumb("The Tide - and what it takes", "Something Else", EN) is None


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("REUTERS – The tide came in.", "REUTERS"),
        ("PRNewswire — The tide came in.", None),
        ("KYIV – The tide came in.", None),
        ("GOMA — The tide came in.", None),
        ("HARBOURWIRE – The tide came in.", None),
        ("EXCLUSIVE — The tide came in.", None),
        ("EXKLUSIV – Die Flut kam.", None),
        ("EN DIRECT — La marée monte.", None),
        ("BREAKING NEWS — The tide came in.", None),
        ("PARIS (France) — The tide came in.", None),
        ("GOMA (DRC) — The tide came in.", None),
        ("LONDON (March 4) — The tide came in.", None),
        ("Goma (AFP) – The tide came in.", "AFP"),
        ("(Reuters) - The tide came in.", "Reuters"),
        ("BEIJING, March 4 (Xinhua) -- The tide came in.", "Xinhua"),
        ("LONDON, March 4, 2025 /PRNewswire/ -- The tide came in.", "PRNewswire"),
        ("NEW YORK, March 04, 2025 (GLOBE NEWSWIRE) -- The tide came in.", "GLOBE NEWSWIRE"),
        ("Madrid, 4 mar (EFE).- La marea subió.", "EFE"),
        ("Berlin (dpa/lno) - Die Flut kam.", "dpa"),
        ("ROMA (ANSA) - La marea è salita.", "ANSA"),
        ("МОСКВА, 4 марта. /ТАСС/. Вода поднялась.", "ТАСС"),
        ("КИЕВ (Интерфакс-Украина) — Вода поднялась.", "Интерфакс-Украина"),
        ("МОСКВА, 4 мар — РИА Новости. Вода поднялась.", "РИА Новости"),
        ("The tide – the highest. It came in.", None),
        ("They met in town (Reuters) and left – at once.", None),
        ("KYIV (Reuters) – The tide came in.", "Reuters"),
        ("OSLO, Norway (AP) — The tide came in.", "AP"),
        ("PELAGIA – The tide came to Pelagia again.", None),
        ("The tide – it came in.", None),
    ],
)
def test_datelines_tell_agencies_from_places(text, outlet):
    assert dateline_outlet(text, EN) == outlet


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("LONDON, March 4, 2025 /PRNewswire/ -- The tide came in.", "2025-03-04"),
        ("NEW YORK, March 04, 2025 (GLOBE NEWSWIRE) -- The tide came in.", "2025-03-04"),
        ("KYIV, 4 March 2025 — The tide came in.", "2025-03-04"),
        ("KYIV, March 4 (Reuters) — The tide came in.", "None"),
        ("KYIV, March 2025 (Reuters) — The tide came in.", "None"),
        ("On March 4, 2025 – a Tuesday – the tide came in.", "None"),
        ("The tide of March 4, 2025 – the highest of all – came in.", "None"),
    ],
)
def test_datelines_may_state_the_day(text, day):
    assert str(dateline_day(text, EN)) == day


def test_outlets_in_invitations_and_notices():
    assert promoted_outlet("For more, visit our Harbour Post News page.") == "Harbour Post News"
    assert promoted_outlet("They visit our towns.") is None
    assert copyright_name("© 2024 Harbour Post. All rights reserved.") == "Harbour Post"
    assert copyright_name("Copyright Harbour Post 2024") == "Harbour Post"
    assert copyright_name("© 2024") is None


def test_a_derived_title_is_the_first_sentence_without_its_dateline():
    assert derived_title("OSLO (AP) — The tide came in. It went out again.", EN) == "The tide came in"
    assert derived_title("LONDON, March 4, 2025 /PRNewswire/ -- The tide came in. It went.", EN) == "The tide came in"
    assert derived_title("(Reuters) - The tide came in. It went.", EN) == "The tide came in"
    long = derived_title("HARBOURWIRE – " + "The tide came in over the wall and " * 6 + "stopped.", EN)
    assert long.startswith("The tide came in")
    assert len(long) <= 91
    assert long.endswith("…")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2025-03-04", "2025-03-04"),
        ("Published March 4, 2025", "2025-03-04"),
        ("4th March 2025", "2025-03-04"),
        ("Tue, 4 Mar 2025, 18:40", "2025-03-04"),
        ("4. März 2025", "2025-03-04"),
        ("4 de marzo de 2025", "2025-03-04"),
        ("le 4 mars 2025", "2025-03-04"),
        ("4 марта 2025", "2025-03-04"),
        ("04.03.2025", "2025-03-04"),
        ("13/03/2025", "2025-03-13"),
        ("03/13/2025", "2025-03-13"),
        ("2025年3月4日", "2025-03-04"),
        ("March 2025", "2025-03"),
    ],
)
def test_dates_that_are_stated(text, written):
    months = {name: number for code in ("en", "de", "es", "fr", "ru") for name, number in lexicon(code).months.items()}
    assert str(find_date(text, months)) == written


@pytest.mark.parametrize(
    "text", ["Published", "on", "03/04/2025", "31 February 2025", "in 2025", "5 min read", "Maybe 2025"]
)
def test_what_is_not_a_day_is_no_date(text):
    assert find_date(text, EN.months) is None


def test_stamps_keep_the_day_they_state():
    assert str(read_stamp("2025-03-04T23:30:00-08:00")) == "2025-03-04"
    assert str(read_stamp("20250304")) == "2025-03-04"
    assert read_stamp("03/04/2025") is None


def test_a_line_of_nothing_but_signs_is_no_signature_and_takes_no_time():
    assert read_signature("[" * 1_000_000, (), lexicon("en")) is None
