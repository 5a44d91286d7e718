"""Draws the scenes of the window, without a screen, into a folder: SCENE-LOOK-WxH.png.

Every scene is drawn in every look at 1600x1000; the main ones also at 1100x700, and at double density. Each gets a
process, a home and a library of its own, so that none sees what another has done. Started by `dev.py shots DIR`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

sys.path.append(str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

from scenes import DAMAGED, EMPTY, EXAMPLE, NONE, SCENES
from screen_driver import CALM, NothingThere, ScreenDriver

from app.library.library import FILE
from app.planting import plant
from app.settings import Settings
from app.workspace import Workspace
from ui.looks import Looks, read_looks
from ui.main import make_application, make_window
from ui.window import Window

LARGE: Final = (1600, 1000)
SMALL: Final = (1100, 700)
AT_ONCE: Final = 2
PATIENCE: Final = 120  # seconds a scene may take


@dataclass(frozen=True, slots=True)
class Shot:
    """One scene in one size; ``scale`` is the number of pixels for one."""

    scene: str
    width: int
    height: int
    scale: int = 1

    def name(self, look: str) -> str:
        """Return the name of the picture in a look."""
        return f"{self.scene}-{look}-{self.width * self.scale}x{self.height * self.scale}.png"


def wanted(scenes: Sequence[str], looks: Sequence[str]) -> Iterator[tuple[Shot, Sequence[str]]]:
    """Yield what is to be drawn of some scenes, and in which looks one after the other."""
    for scene in scenes:
        for together in [(look,) for look in looks] if SCENES[scene].tells else [looks]:
            yield Shot(scene, *LARGE), together
        if SCENES[scene].main:
            yield Shot(scene, *SMALL), looks
            yield Shot(scene, *LARGE, 2), looks


# ---------------------------------------- the libraries


def make_libraries(folder: Path, articles: Path | None) -> None:
    """Make one library of each kind that scenes stand on."""
    for _ in plant(folder / EXAMPLE):
        pass
    if articles is not None:
        with Workspace(folder / EXAMPLE, create=False) as workspace:
            for _ in workspace.import_files([articles]).run():
                pass
    Workspace(folder / EMPTY).close()
    (folder / DAMAGED).mkdir()
    (folder / DAMAGED / FILE).write_bytes(b"This was a library once. " * 400)


# ---------------------------------------- one scene, in a process of its own


def draw(shot: Shot, looks: Sequence[str], libraries: Path, into: Path) -> None:
    """Open the window on a copy of the scene's library, act, and take a picture in each look."""
    folder = Path.home()
    kind = SCENES[shot.scene].library
    library = None
    if kind != NONE:
        library = folder / "My library"
        shutil.copytree(libraries / kind, library)
    application = make_application()
    window = opened_window(library, looks[0], folder)
    window.setGeometry(0, 0, shot.width, shot.height)
    window.show()
    window.activateWindow()
    driver = ScreenDriver(window, window.is_idle, folder)
    driver.settle()
    SCENES[shot.scene].act(driver)
    for look in looks:
        window.change("look", look)
        driver.wait(CALM)
        if not driver.picture().save(str(into / shot.name(look))):
            raise NothingThere(f"{into} cannot be written")
    for top in application.topLevelWidgets():
        top.close()


def opened_window(library: Path | None, look: str, folder: Path) -> Window:
    """Return the window as the program makes it, without what moves or happens later."""
    settings = Settings(folder / "settings.json")
    settings.put("motion", False)
    settings.put("idle_backup", False)
    settings.put("look", look)
    window = make_window(settings, Looks(look))
    window.begin(library)
    return window


def screen(shot: Shot) -> dict[str, object]:
    """Return a screen in memory that the window fills, as one does that is maximised: menus stay inside it."""
    width, height = shot.width * shot.scale, shot.height * shot.scale
    return {"screens": [{"name": "memory", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96}]}


def drawn(shot: Shot, looks: Sequence[str], libraries: Path, into: Path) -> str:
    """Draw a scene in a process of its own; return what went wrong, or was complained about."""
    size = f"{shot.width}x{shot.height}x{shot.scale}"
    told = ["--child", size, "--only", shot.scene, "--libraries", str(libraries)]
    with tempfile.TemporaryDirectory(prefix="shots-") as home:
        own = {f"XDG_{name}_HOME": str(Path(home, name.lower())) for name in ("DATA", "CONFIG", "CACHE", "STATE")}
        own |= {"HOME": home, "USERPROFILE": home, "QT_SCALE_FACTOR": str(shot.scale)}
        own["QT_QPA_PLATFORM"] = "offscreen:configfile=screen.json"
        Path(home, "screen.json").write_text(json.dumps(screen(shot)), encoding="utf-8")
        command = [sys.executable, __file__, str(into), *told, *(f"--look={look}" for look in looks)]
        try:
            ended = subprocess.run(
                command, env=os.environ | own, cwd=home, capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            return f"not done after {PATIENCE} s"
    said = "\n".join(line for line in ended.stderr.splitlines() if "This plugin does not support" not in line)
    return said or (f"ended with {ended.returncode}" if ended.returncode else "")


# ---------------------------------------- starting


def main(arguments: Sequence[str]) -> int | str:
    """Draw what is asked for and name each picture; return 1, or a sentence, when a scene could not be drawn."""
    known = list(read_looks())
    parser = argparse.ArgumentParser(prog="dev.py shots", description="Draws every scene of the window in every look.")
    parser.add_argument("into", type=Path, metavar="DIR")
    parser.add_argument("--only", action="append", choices=list(SCENES), metavar="SCENE", help=", ".join(SCENES))
    parser.add_argument("--look", action="append", choices=known, help="the looks to draw; all, when none is named")
    parser.add_argument("--articles", type=Path, metavar="DIR", help="files that go into the library as well")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--libraries", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    looks, into = chosen.look or known, chosen.into.absolute()
    if chosen.child:
        try:
            draw(Shot(chosen.only[0], *map(int, chosen.child.split("x"))), looks, chosen.libraries, into)
        except NothingThere as error:
            return str(error)
        return 0
    into.mkdir(parents=True, exist_ok=True)
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="shots-") as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        make_libraries(Path(folder), chosen.articles.absolute() if chosen.articles else None)
        shots = list(wanted(chosen.only or list(SCENES), looks))
        work = pool.map(lambda one: drawn(*one, Path(folder), into), shots)
        for (shot, together), trouble in zip(shots, work, strict=True):
            for path in (into / shot.name(look) for look in together):
                if path.exists():
                    print(path, flush=True)
            if trouble:
                wrong += 1
                print(f"{shot.name('*')}: {trouble}", file=sys.stderr)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
