"""What is missing from the system itself: installed where we may (root on Debian), else left to a person."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ui.display import is_debian

_APT: Final = ("apt-get", "-o", "DPkg::Lock::Timeout=120", "-qq")


def may_install() -> bool:
    """Say whether Debian's packages can be installed by us."""
    return is_debian() and os.geteuid() == 0


def install(packages: Sequence[str], log: Path) -> bool:
    """Install some of Debian's packages, the words into a log; say whether it went well."""
    steps = ((*_APT, "update"), (*_APT, "install", "-y", "--no-install-recommends", *packages))
    surroundings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with log.open("a", encoding="utf-8") as words:
        for step in steps:
            words.write("$ " + " ".join(step) + "\n")
            words.flush()
            try:
                ended = subprocess.run(
                    step, stdin=subprocess.DEVNULL, stdout=words, stderr=words, env=surroundings, check=False
                )
            except OSError as error:
                words.write(f"{error}\n")
                return False
    return ended.returncode == 0
