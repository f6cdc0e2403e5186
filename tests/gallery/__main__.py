"""`make screens`: draws every screen, lays the pictures out, and tells what a designer would send back.

    OUT/index.html                                     every contact sheet, and what was found
    OUT/contact/<size>-<language>-<theme>-<scale>.png  all screens of one look
    OUT/<size>/<language>/<theme>-<scale>/<screen>.png

Rule 1: each process draws whole looks; two processes share them out, since a small machine has two cores.
Rule 2: pictures of an earlier run that belong to the same look are written over; nothing else is touched.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

HOUSE: Final = Path(__file__).resolve().parents[2]
OUT: Final = HOUSE / "demo-output" / "screens"
HANDS: Final = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw what is asked for; return 1 where something was found."""
    parser = argparse.ArgumentParser(prog="make screens", description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--language", action="append", default=[], help="only this language; may be given again")
    parser.add_argument("--size", action="append", default=[], help="only this size: A, A-portrait, B, …; again")
    parser.add_argument("--screen", action="append", default=[], help="only screens whose name begins so; again")
    parser.add_argument("--look", default="", help="only looks that hold this, such as light-150")
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the pictures")
    parser.add_argument("--accept", action="store_true", help="write the chosen set as approved: only after looking")
    parser.add_argument("--hand", type=int, default=None, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.accept:
        return _accept()
    if asked.hand is not None:
        return _draw(asked)
    began = time.monotonic()
    hands = [
        subprocess.Popen([sys.executable, "-m", "tests.gallery", *(arguments or sys.argv[1:]), "--hand", str(hand)])
        for hand in range(HANDS)
    ]
    ended = [hand.wait() for hand in hands]  # each is waited for, also when one failed
    if any(ended):
        print("Drawing stopped early; see above.", file=sys.stderr)
        return 2
    told = [json.loads(path.read_text("utf-8")) for path in sorted(asked.out.glob("hand-*.json"))]
    for path in asked.out.glob("hand-*.json"):
        path.unlink()
    pictures = sum(one["pictures"] for one in told)
    found = [line for one in told for line in one["found"]]
    _lay_out(asked.out, pictures, found)
    for line in found:
        print(line)
    print(f"{pictures} pictures in {time.monotonic() - began:.0f} s, {len(found)} findings: {asked.out / 'index.html'}")
    return 1 if found else 0


def _offscreen(state: str) -> None:
    """Set what must stand before Kivy is imported."""
    os.environ.update(
        KIVY_NO_ARGS="1",
        KIVY_NO_FILELOG="1",
        KIVY_NO_CONFIG="1",
        KIVY_NO_CONSOLELOG="1",
        KIVY_HOME=state,
        SDL_VIDEODRIVER="offscreen",
        SDL_AUDIODRIVER="dummy",
    )


def _accept() -> int:
    """Write every picture of the chosen set anew, and what drew them."""
    with tempfile.TemporaryDirectory() as state:
        _offscreen(state)
        from tests.gallery import approved
        from tests.gallery.hall import Hall

        sys.stderr = sys.__stderr__
        hall = Hall(Path(state))
        for path in approved.FOLDER.glob("*.png"):
            path.unlink()
        for name, look in approved.chosen():
            hall.stand(name, look)
            approved.accept(hall.picture(), approved.file_of(name, look))
        approved.MADE_WITH.write_text(approved.graphics() + "\n", encoding="utf-8")
        hall.close()
    return 0


def _draw(asked: argparse.Namespace) -> int:
    """Draw this process's share of the looks."""
    with tempfile.TemporaryDirectory() as state:
        _offscreen(state)
        from tests.gallery.hall import Hall
        from tests.gallery.looks import every_look
        from tests.gallery.stands import WAYS

        names = [name for name in WAYS if not asked.screen or name.startswith(tuple(asked.screen))]
        every = [look for look in every_look(asked.language, asked.size) if asked.look in look.folder]
        looks = every[asked.hand :: HANDS]
        sys.stderr = sys.__stderr__  # Kivy has taken it, and would keep what goes wrong to itself
        hall = Hall(Path(state))
        found: list[str] = []
        for look in looks:
            found += hall.draw_look(look, names, asked.out)
            print(f"{look.folder}: {len(names)} screens", file=sys.stderr)
        hall.close()
    asked.out.mkdir(parents=True, exist_ok=True)
    told = {"pictures": len(looks) * len(names), "found": found}
    (asked.out / f"hand-{asked.hand}.json").write_text(json.dumps(told), encoding="utf-8")
    return 0


def _lay_out(out: Path, pictures: int, found: Sequence[str]) -> None:
    """Write the page that leads to every sheet."""
    sheets = "".join(
        f'<li><a href="contact/{escape(path.name, quote=True)}">{escape(path.stem)}</a></li>'
        for path in sorted((out / "contact").glob("*.png"))
    )
    lines = "".join(f"<li>{escape(line)}</li>" for line in found)
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Every screen</title>'
        "<style>body{font:16px/1.5 system-ui,sans-serif;margin:24px}ul{columns:3}</style>"
        f"<h1>Every screen</h1><p>{pictures} pictures. A sheet a look: size, language, theme, per cent of type.</p>"
        f"<ul>{sheets}</ul><h2>Found</h2><ol>{lines or '<li>Nothing.</li>'}</ol></html>\n"
    )
    (out / "index.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
