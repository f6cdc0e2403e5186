"""How much stands on one page of this kiosk's screen: counts, so that no presenter need know a screen's size.

Rule 1: the program hands the room down before a turn begins; it never changes within one.
Rule 2: what does not fit turns into pages; nothing scrolls, and nothing is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Scale


@dataclass(frozen=True, slots=True)
class Room:
    """Counts for the usual size of type. `tiles` counts "More" with them, and so does nothing else.

    `lines` are those of a review, `instances` those of a repeat, `facts` those of a page before one starts, `kinds`
    the shelves of a code's pictures; `letters` of running text.
    """

    tiles: int = 6
    languages: int = 6
    things: int = 5
    notices: int = 4
    helpers: int = 3
    lines: int = 4
    instances: int = 3
    facts: int = 7
    kinds: int = 8
    letters: int = 300

    def facts_at(self, scale: Scale) -> int:
        """Return how many facts a page holds at this size of type: lines grow in height."""
        return max(1, self.facts * 100 // scale)

    def letters_at(self, scale: Scale) -> int:
        """Return how many letters a page holds at this size of type: they grow both ways."""
        return self.letters * 100 * 100 // (scale * scale)
