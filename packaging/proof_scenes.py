"""The scene of a draft that was checked: one claim of every verdict, and a figure."""

from __future__ import annotations

from typing import Final

from screen_driver import ScreenDriver

from ui.dialogs.claim_list import ClaimList

DRAFT: Final = """# What the drones have changed

“The map has lost its safe corner,” said Commander Edda Quillfeather when the platform was struck, and few who watch
the Caspian would contradict her.

The lawyers are patient. Maud Ellery-Voss, who teaches contract law, said: “The first argument will always be about
money, the second about who may improve it, and the second one never ends.”

A typical model costs 20 to 30 per cent less than its Western equivalent, and 1,250 of them are said to stand ready.

“It does not matter very much what burned,” said Kirill Dmitriev in Miami. “We will sign nothing before the snow has
gone from the passes,” he added.
"""


def proof(screen: ScreenDriver) -> None:
    """A draft with a quotation that was altered, beside what its source says."""
    path = screen.folder / "What the drones have changed.md"
    path.write_text(DRAFT, encoding="utf-8")
    screen.press("Ctrl+Shift+K")
    screen.settle()
    screen.window.proof_page.check(path)
    screen.settle(1.0)
    screen.click_item(screen.part(ClaimList), "The first argument")
    screen.settle()


def proof_begins(screen: ScreenDriver) -> None:
    """What can be checked, before a draft is chosen."""
    screen.press("Ctrl+Shift+K")
    screen.settle()


def proof_another(screen: ScreenDriver) -> None:
    """A quotation whose words are those of somebody else."""
    proof(screen)
    screen.click_item(screen.part(ClaimList), "It does not matter")
    screen.settle()
