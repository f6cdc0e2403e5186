"""Pictures that somebody looked at and found right, and how a drawn screen is held against them.

1. A picture fails when more than one pixel in a thousand differs by more than 24 of 255 in any channel, or its size.
2. Beside a picture that fails lies the drawn one, and a third in which every such pixel is red.
3. Letters come out of the machine's own graphics: where those are others than when the pictures were made, nothing is
   compared, and the reason is said.
4. Only `make screens-accept` writes an approved picture, after somebody looked.
Source: kiosk.md section 12.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PIL import Image, ImageChops

from tests.gallery.looks import Look
from tests.gallery.stands import WAYS
from tests.kiosk.pseudo import LONG

FOLDER: Final = Path(__file__).parent / "approved"
MADE_WITH: Final = FOLDER / "made-with.txt"
COLOURS: Final = 32  # enough for flat screens with a few pictures, and a quarter of the bytes
A_LITTLE: Final = 24
MOST_DIFFERENT: Final = 0.001
LOOKS: Final = (
    Look("A", "en", "light", 100),
    Look("A", "ar", "light", 100),
    Look("A", "qps", "light", 100),
)
CHANGING: Final = frozenset({"announce"})  # its way on appears after three seconds
ALSO: Final = (  # a few in the looks that differ most
    *(("question-topics", Look("A", tag, "contrast", 150)) for tag in ("en", "ar")),
    *((name, Look(size, "en", "light", 100)) for size in ("B", "C", "C-portrait")
      for name in ("home", "question-topics", "question-words")),
)  # fmt: skip


def _kept(name: str, look: Look) -> bool:
    """Whether a screen is in the set; booths and paper entry stand in two languages there, which keeps it small.

    An election that is over is really held for every run: its symbols and lots are others each time.
    """
    changing = name in CHANGING or name.startswith("council")
    booth = name.startswith(("booth", "paper", "service-poll"))
    return not changing and not (booth and look.tag == LONG)


def chosen() -> tuple[tuple[str, Look], ...]:
    """Return the chosen set: each screen's name with the look it is approved in."""
    return (*((name, look) for look in LOOKS for name in WAYS if _kept(name, look)), *ALSO)


def file_of(name: str, look: Look) -> Path:
    """Return where the approved picture of a screen in a look lies."""
    return FOLDER / f"{look.folder.replace('/', '-')}-{name}.png"


def graphics() -> str:
    """Return what draws on this machine: the words by which the graphics name themselves."""
    from kivy.graphics.opengl import GL_RENDERER, GL_VERSION, glGetString

    return " | ".join(glGetString(name).decode() for name in (GL_RENDERER, GL_VERSION))


def accept(picture: Image.Image, path: Path) -> None:
    """Write a picture as approved."""
    path.parent.mkdir(parents=True, exist_ok=True)
    few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    _in_its_colours(picture, few).save(path, optimize=True)


def difference(drawn: Image.Image, path: Path) -> float:
    """Return which share of the pixels differs from the approved picture; 1.0 where the size does."""
    with Image.open(path) as held:
        if held.size != drawn.size:
            return 1.0
        differing = _differing(_in_its_colours(drawn, held).convert("RGB"), held.convert("RGB"))
    return sum(differing.histogram()[1:]) / (drawn.width * drawn.height)


def _in_its_colours(drawn: Image.Image, held: Image.Image) -> Image.Image:
    """Return a drawn picture in the few colours of the approved one, so that only what was drawn otherwise differs."""
    return drawn.quantize(palette=held, dither=Image.Dither.NONE)


def _differing(drawn: Image.Image, approved: Image.Image) -> Image.Image:
    """Return a picture that is white where a channel differs by more than a little."""
    channels = ImageChops.difference(drawn, approved).split()
    most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    return most.point(lambda value: 255 if value > A_LITTLE else 0)


def show_difference(drawn: Image.Image, path: Path, out: Path) -> Path:
    """Write the drawn picture and one with every differing pixel in red; return the latter's place."""
    out.mkdir(parents=True, exist_ok=True)
    drawn.save(out / path.name)
    with Image.open(path) as held:
        approved, few = held.convert("RGB"), _in_its_colours(drawn, held).convert("RGB")
    red = out / f"{path.stem}-red.png"
    if approved.size == drawn.size:
        marked = drawn.copy()
        marked.paste((255, 0, 0), mask=_differing(few, approved))
        marked.save(red)
    return red
