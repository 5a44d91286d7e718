"""The whole main job in the terminal: a library is made, read, marked, searched, gathered and handed on.

Every step is a call of the real command line, printed as a reader would type it. Started by `dev.py run` where no
window can be opened; at the end the window is drawn into a picture, with the library that was made. Everything lands in
a folder of its own: below the user's data folder, or in the one that `--into DIR` names.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
ARTICLE: Final = ROOT / "packaging" / "article.txt"
THEME: Final = "Licences"
COLLECTION: Final = "Drones for rent"
QUERY: Final = '"drone technology" OR royalt*'
TARGETS: Final[Mapping[str, str]] = {
    "markdown": "markdown",
    "csv": "highlights.csv",
    "jsonld": "annotations.jsonld",
    "html": "articles.html",
}

Answer = dict[str, Any]


class StepFailed(Exception):
    """A step did not do what it should: one sentence."""


class Journey:
    """The steps, one after the other, on one library."""

    def __init__(self, folder: Path) -> None:
        """Keep the places: the library, and what comes out of it."""
        self.library = folder / "library"
        self.results = folder / "results"

    def call(self, *words: str, says: Callable[[Answer], str]) -> Answer:
        """Run one command of the real command line, print it and what came of it, and return its answer."""
        print(f"\n$ commonplace {shlex.join(words)}", flush=True)
        where = () if words[0] == "example" else ("--library", str(self.library))
        command = [sys.executable, "-m", "app", words[0], *where, "--json", *words[1:]]
        ended = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if ended.returncode:
            reason = ended.stderr.decode("utf-8", "replace").strip() or "it gave no reason"
            raise StepFailed(f"`commonplace {words[0]}` ended with {ended.returncode}: {reason}")
        try:
            answer: Answer = json.loads(ended.stdout)
            for line in says(answer).splitlines():
                print(f"  {line}", flush=True)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise StepFailed(f"`commonplace {words[0]}` gave an answer that cannot be read: {error!r}") from error
        return answer

    def walk(self) -> None:
        """Take every step."""
        print(f"$ export COMMONPLACE_LIBRARY={shlex.quote(str(self.library))}")
        self.call("example", str(self.library), says=lambda _: "the example library is made")
        self.call("list", "--limit", "3", says=_articles)
        article = self.bring_in()
        passages = [self.mark(article), self.mark_a_hit(article)]
        self.call("theme", "list", says=_themes)
        self.call("search", f"theme:{THEME}", "--passages", says=_hits)
        self.call("collection", "add", COLLECTION, says=lambda _: f"collection {COLLECTION}")
        self.call(
            "collection", "put", COLLECTION, article, *passages, says=lambda _: "one article and two passages in it"
        )
        self.hand_on()
        self.call("check", "--deep", says=_health)

    def bring_in(self) -> str:
        """Import one more article and return its id."""
        answer = self.call("import", str(ARTICLE), says=_imported)
        if len(answer["added"]) != 1:
            raise StepFailed(f"{ARTICLE.name} was not taken in: {answer}")
        article = _short_id(answer["added"][0]["id"])
        self.call("show", article, says=_one_article)
        return article

    def mark(self, article: str) -> str:
        """Highlight a sentence by its words, with a theme and a note, and return its id."""
        words = "You cannot ship the night we drew it."
        note = "The **strongest** objection: know-how does not travel on paper."
        answer = self.call("highlight", article, "--quote", words, "--theme", THEME, "--note", note, says=_highlight)
        return _short_id(answer["id"])

    def mark_a_hit(self, article: str) -> str:
        """Search, and highlight a paragraph of another article that was found; return the passage's id."""
        answer = self.call("search", QUERY, "--limit", "5", says=_hits)
        for found in (_short_id(hit["article"]) for hit in answer["hits"]):
            if found != article and (span := self.paragraph(found, "royalt", "drone technology")):
                place = ("--start", str(span[0]), "--end", str(span[1]))
                marked = _short_id(self.call("highlight", found, *place, "--theme", THEME, says=_highlight)["id"])
                self.call("note", marked, "Compare with the price of the hardware.", says=lambda _: "noted")
                return marked
        raise StepFailed(f"the search for {QUERY} found no paragraph in the example library")

    def paragraph(self, article: str, *stems: str) -> tuple[int, int] | None:
        """Return the span of the first paragraph of an article that holds one of the words."""
        shown = self.call("show", article, says=_one_article)
        for block in shown["blocks"]:
            start, end = block["start"], block["end"]
            if block["kind"] == "paragraph" and any(stem in shown["text"][start:end].casefold() for stem in stems):
                return start, end
        return None

    def hand_on(self) -> None:
        """Export the collection in every form and look whether the files are there."""
        for key, name in TARGETS.items():
            target = str(self.results / name)
            answer = self.call("export", target, "--format", key, "--collection", COLLECTION, says=_exported)
            missing = [path for path in answer["written"] if not Path(path).is_file() or not Path(path).stat().st_size]
            if missing or not answer["written"]:
                raise StepFailed(
                    f"the export as {key} says it wrote {answer['written']}, but {missing or 'nothing'} is missing"
                )

    def draw(self) -> Path:
        """Draw the window on the library into a picture, without a screen, and return the file."""
        picture = self.results / "window.png"
        words = ("--picture", str(picture), "--library", str(self.library))
        print(f"\n$ commonplace {shlex.join(words)}", flush=True)
        ended = subprocess.run(
            [sys.executable, "-m", "ui", *words],
            cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if ended.returncode or not picture.is_file():
            reason = ended.stderr.decode("utf-8", "replace").strip() or "it gave no reason"
            raise StepFailed(f"the window could not be drawn ({ended.returncode}): {reason}")
        print(f"  the window, as a reader sees it: {picture}", flush=True)
        return picture


# ---------------------------------------- what came of it, for people


def _articles(answer: Answer) -> str:
    lines = [f"{one['title']} · {one['words']} words · {one['highlights']} highlights" for one in answer["articles"]]
    return "\n".join([f"{answer['total']} articles, the first of them:", *lines])


def _imported(answer: Answer) -> str:
    lines = [f"added: {one['title']} ({_short_id(one['id'])})" for one in answer["added"]]
    lines += [f"failed: {one['source']}: {one['error']}" for one in answer["failed"]]
    return "\n".join([*lines, f"{len(answer['duplicates'])} known already, {answer['seconds']:.1f} s"])


def _one_article(answer: Answer) -> str:
    said = [answer[key] for key in ("byline", "outlet", "published") if answer.get(key)]
    left_out = [part["text"].splitlines()[0] for part in answer["left_out"]]
    lines = [" · ".join([answer["title"], *map(str, said), f"{answer['words']} words"])]
    return "\n".join(lines + ([f"left out of the text: {' | '.join(left_out)}"] if left_out else []))


def _highlight(answer: Answer) -> str:
    note = f" · note: {answer['note']}" if answer.get("note") else ""
    return f"“{_short(answer['quote'])}” · {', '.join(map(_name, answer['themes']))}{note}"


def _hits(answer: Answer) -> str:
    lines = [answer["explained"], f"{answer['total']} found in {answer['ms']:.0f} ms"]
    for hit in answer["hits"]:
        lines += [f"{hit['title']}: {_short(_marked(hit['excerpt'], hit['spans']))}"]
    return "\n".join(lines)


def _themes(answer: Answer) -> str:
    return "\n".join(f"{' > '.join(theme['path'])} · {theme['highlights']} highlights" for theme in answer["themes"])


def _exported(answer: Answer) -> str:
    lines = [f"{answer['articles']} articles, {answer['highlights']} highlights -> {len(answer['written'])} file(s)"]
    return "\n".join([*lines, *(f"left behind: {sentence}" for sentence in answer["left_behind"])])


def _health(answer: Answer) -> str:
    if not answer["ok"]:
        raise StepFailed("the library is not sound: " + "; ".join(answer["problems"]))
    return "the library is sound"


def _short_id(whole: str) -> str:
    """Return the beginning of an id, which is enough to name an article or a passage."""
    return whole[:8]


def _name(theme: object) -> str:
    return str(theme["name"]) if isinstance(theme, dict) else str(theme)


def _marked(text: str, spans: Sequence[Sequence[int]]) -> str:
    """Put brackets round the hits in an excerpt."""
    for start, end in sorted(map(tuple, spans), reverse=True):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def _short(text: str, most: int = 110) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[:most]}…"


# ---------------------------------------- starting


def _folder(into: str | None) -> Path:
    """Return the empty folder in which everything shall land, and make it."""
    if into is None:
        sys.path.insert(0, str(ROOT))
        from app.places import data_folder  # noqa: PLC0415 (only here is the checkout on the path)

        folder = data_folder() / "main-job" / time.strftime("%Y-%m-%d-%H%M%S")
    else:
        folder = Path(into).expanduser().resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StepFailed(f"{folder} holds something already; name an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main(arguments: Sequence[str]) -> int:
    """Do the main job and say where the results lie."""
    parser = argparse.ArgumentParser(prog="dev.py run", description="The whole main job, in the terminal.")
    parser.add_argument("--into", metavar="DIR", help="an empty folder for the library and the results")
    began = time.monotonic()
    try:
        folder = _folder(parser.parse_args(arguments).into)
        journey = Journey(folder)
        journey.walk()
        picture = journey.draw()
    except (StepFailed, OSError) as error:
        print(f"dev.py run: {error}", file=sys.stderr)
        return 1
    print(f"\nDone in {time.monotonic() - began:.0f} s. The annotated set lies in {journey.results}:")
    for path in sorted(path for path in journey.results.rglob("*") if path.is_file()):
        print(f"  {path.relative_to(journey.results)}  {path.stat().st_size:,} bytes")
    print(f"The window itself is drawn in {picture}.")
    print(f"Look at {journey.results / TARGETS['html']} in a browser; the library itself is {journey.library}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
