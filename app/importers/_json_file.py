"""JSON files: told apart by the names they use, and read whole."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from app.errors import ImportFailed
from app.importers._base import File

_WINDOW: Final = 64 * 1024
_BEGINNING: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")


def mentions(data: bytes, *names: str) -> bool:
    """Tell whether bytes begin as JSON does and have all these names of values near their beginning or end."""
    if not _BEGINNING.match(data):
        return False
    window = data[:_WINDOW] + data[-_WINDOW:]
    return all(re.search(rb'"' + re.escape(name.encode()) + rb'"\s*:', window) for name in names)


def loaded(file: File) -> Any:
    """Return what a JSON file holds; raises ``ImportFailed``."""
    try:
        return json.loads(file.data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ImportFailed("{name} is not UTF-8, as JSON must be.", "Export it again.", name=file.name) from None
    except json.JSONDecodeError as error:
        raise ImportFailed(
            "{name} is damaged in line {line}, or was cut off.", "Export it again.", name=file.name, line=error.lineno
        ) from None
    except (RecursionError, ValueError):
        raise ImportFailed("{name} makes no sense.", "Look at where it comes from.", name=file.name) from None


def objects(value: Any, *names: str) -> list[dict[str, Any]]:
    """Return the objects in a list, or in the list under the first of ``names`` that there is one under."""
    if isinstance(value, dict):
        value = next((value[name] for name in names if isinstance(value.get(name), list)), [])
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """Return a text; nothing for what is none."""
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def nothing(file: File) -> ImportFailed:
    """Return the error for a file without one passage or article."""
    hint = "Look whether it is the right file, or export it again."
    return ImportFailed("{name} holds no passage and no article.", hint, name=file.name)
