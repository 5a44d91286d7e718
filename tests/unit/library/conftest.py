"""A library for each test, closed at its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.library.holdings import Holdings
from tests.libraries import opened


@pytest.fixture
def holdings(tmp_path: Path) -> Iterator[Holdings]:
    found = opened(tmp_path / "library")
    yield found
    found.library.close()
