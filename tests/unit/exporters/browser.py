"""A Chromium without a screen, driven over a pipe by its DevTools protocol, for tests of pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FOUND = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Page:
    """The page that a browser shows."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read = write, read
        self._number = 0
        self._session = ""
        self._rest = b""
        self.complaints: list[str] = []

    def open(self, path: Path) -> None:
        """Open a file from the disk, with every way to a network shut."""
        (target,) = [
            one for one in self.ask("Target.getTargets")["targetInfos"] if one["type"] == "page"
        ]  # fmt: skip
        self._session = self.ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")
        still = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        self.ask("Network.emulateNetworkConditions", **still)
        self.ask("Page.navigate", url=path.as_uri())
        self.until("document.readyState === 'complete'")

    def run(self, script: str) -> Any:
        """Return what a script in the page comes to."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until a script comes to something true."""
        wait = "new Promise((done) => { const look = () => %s ? done(true) : setTimeout(look, 20); look(); })"
        assert self.run(wait % f"({script})")

    def ask(self, method: str, **values: Any) -> dict[str, Any]:
        """Send a command and return its answer; complaints of the page are kept."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": values}
        if self._session:
            command["sessionId"] = self._session
        os.write(self._write, json.dumps(command).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]
            if answer.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown"):
                self.complaints.append(json.dumps(answer["params"]))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            data = os.read(self._read, 65_536)
            assert data, "the browser is gone"
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\0")
        return json.loads(line)


@contextmanager
def shown(path: Path, profile: Path) -> Iterator[Page]:
    """Open a file in a browser of its own; ``profile`` is a folder for it."""
    there, write = os.pipe()
    read, back = os.pipe()
    # The browser reads from the third and writes to the fourth of its files, whatever ours are called.
    start = f'exec "$0" "$@" 3<&{there} 4>&{back}'
    arguments = [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe",
        f"--user-data-dir={profile}", "--window-size=1400,1000", "about:blank",
    ]  # fmt: skip
    # It leaves folders behind when it is stopped; their names must be short, since they hold sockets.
    own = tempfile.mkdtemp()
    process = subprocess.Popen(
        ["bash", "-c", start, str(FOUND), *arguments],
        pass_fds=(there, back),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": own},
    )
    os.close(there)
    os.close(back)
    try:
        page = Page(write, read)
        page.open(path)
        yield page
    finally:
        os.close(write)
        os.close(read)
        process.kill()
        process.wait()
        shutil.rmtree(own, ignore_errors=True)
