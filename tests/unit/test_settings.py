"""The user's settings: whatever stands in their file, the program starts, and what can be kept is kept."""

from __future__ import annotations

import os

import pytest

from app.settings import Settings


@pytest.mark.parametrize(("written", "read"), [("NaN", 19), ("1" + "0" * 400, 32), ("-1e999", 12), ("true", 19)])
def test_a_number_that_none_can_have_does_not_keep_the_program_from_starting(tmp_path, written, read):
    path = tmp_path / "settings.json"
    path.write_text(f'{{"settings": {{"text_size": {written}, "look": "dark"}}, "remembered": {{}}}}')
    settings = Settings(path)
    assert (settings.get("text_size"), settings.get("look")) == (read, "dark")


def test_a_folder_whose_name_is_no_text_is_remembered_with_all_else(tmp_path):
    path, folder = tmp_path / "settings.json", os.fsdecode("/srv/Biblioth\u00e8que".encode("latin-1"))
    Settings(path).remember(library=folder, place="Café ☕")
    settings = Settings(path)
    assert (settings.remembered("library"), settings.remembered("place")) == (folder, "Café ☕")
