"""A vault of notes: the whole library out, into an empty one, and the same is there, with the same ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bundling import Selection
from app.library.articles import Source
from app.model import LeftOut, Metadata, Origin, Published, State
from app.text.body import Body, Piece, Run
from app.workspace import Workspace
from tests.libraries import Draft, finished, imported, sound, tables

PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x08\x00\x00\x00\x08\x08\x02\x00\x00\x00Km)\xdc"
    b"\x00\x00\x00\x14IDATx\x9cc\xf8\xcf\xc0\x80\x15a\x17\x1d\xb4\x12\x00\xa2\xf3?\xc1\xf5\xc1\xf5\xc1\x00\x00\x00\x00IEND\xaeB`\x82"
)
