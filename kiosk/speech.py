"""Reading aloud: which clips speak a page, which of them are heard, and which pages cannot be spoken.

Rule 1: what a person typed has no clip and is never spoken.
Rule 2: what is for one pair of ears is read in headphones only; a page does not need it to be heard.
Rule 3: a page that cannot be spoken whole, in the language it is shown in, has no Listen control.
Rule 4: pure; which clips there are and who hears them are arguments.
Source: kiosk.md section 7.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from kiosk.presenters.every_page import View
from kiosk.presenters.question import QuestionView
from kiosk.presenters.shown import Bars, Heard, Said, aloud
from kiosk.spoken import Part, parts
from models.clips import ClipKey

Length = Callable[[ClipKey], int | None]
"""The milliseconds that a clip plays, or None where there is none."""


@dataclass(frozen=True, slots=True)
class Step:
    """One clip of a reading, and the words that light up meanwhile: the `nth` of equal ones on the page, from 0."""

    clip: ClipKey
    ms: int
    said: Said
    nth: int
    private: bool


# What can be heard.


def clips_of(said: Said, length: Length) -> tuple[Heard, ...] | None:
    """Return the clips that speak these words: one recording of all of them, else theirs; None if one is missing."""
    if said.whole is not None and length(said.whole) is not None:
        return (Heard(said.whole),)
    if not said.clips or any(length(heard.clip) is None for heard in said.clips):
        return None
    return said.clips


def can_be_spoken(view: View, length: Length) -> bool:
    """Return whether all that everybody may hear of this page can be heard, the way on included."""
    needed = [part.said for part in parts(view) if not part.private]
    bars = getattr(view, "bars", Bars())
    needed += [said for said in (bars.skip, bars.onward) if said is not None] if needed else []
    return bool(needed) and all(clips_of(said, length) is not None for said in needed)


def fitted(view: View, length: Length) -> View:
    """Return the page without its Listen control where it cannot be spoken."""
    some: Any = view  # not every page has bars
    bars = getattr(some, "bars", Bars())
    if bars.listen is None or can_be_spoken(view, length):
        return view
    silent: View = replace(some, bars=replace(bars, listen=None))
    return silent


# What is read, and when.


def arrival(before: View | None, view: View, *, fresh: bool) -> tuple[Part, ...]:
    """Return what is read on coming here; on the same page (not `fresh`) only what was not there before."""
    told = parts(view)
    if fresh or before is None:
        return told
    known = [part.said for part in parts(before)]
    return tuple(part for part in told if part.said not in known)


def reading(told: Iterable[Part], view: View, length: Length, *, private: bool) -> tuple[Step, ...]:
    """Return the clips of these parts in order; nothing private unless one pair of ears alone listens.

    What cannot be heard is left out: `can_be_spoken` has said before whether anybody would miss it.
    """
    steps: list[Step] = []
    seen: list[str] = []
    held = tuple(told)
    joint = _joint(held, view, length)
    for part in held:
        nth = seen.count(part.said.text)
        seen.append(part.said.text)
        if part.private and not private:
            continue
        heard = joint.get(part.said.text, clips_of(part.said, length)) or ()
        for clip, own in heard:
            ms = length(clip)
            if ms is not None and (private or not own):
                steps.append(Step(clip, ms, part.said, nth, private=own or part.private))
    return tuple(steps)


def _joint(told: tuple[Part, ...], view: View, length: Length) -> dict[str, tuple[Heard, ...]]:
    """A person who recorded a question has said its hint as well: then the hint is not read once more."""
    if not isinstance(view, QuestionView) or view.hint is None or view.prompt.whole is None:
        return {}
    both = aloud(f"{view.prompt.text} {view.hint.text}", view.prompt.tag, view.prompt.direction).whole
    there = {part.said for part in told} >= {view.prompt, view.hint}
    if both is None or length(both) is None or not there or view.hint.tag != view.prompt.tag:
        return {}
    return {view.prompt.text: (Heard(both),), view.hint.text: ()}


_JACK: Final = re.compile(r"(?i)name='[^']*headphone[^']*jack[^']*'[^\n]*\n(?:[ \t]*;[^\n]*\n)*[ \t]*: values=(\w+)")


def headphones_in(mixer: str) -> bool:
    """Return whether `amixer contents` tells of headphones that are plugged in; not knowing counts as a speaker."""
    return any(state == "on" for state in _JACK.findall(mixer))
