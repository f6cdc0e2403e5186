"""What must be known before a text box opens: who reads the words and when, what staff are told, whom to tell now.

Rule 1: it cannot be passed before it has stood for three seconds, to its last page; nobody need touch anything else.
Rule 2: everything said here is true of this place: a demonstration says that nobody watches.
Rule 3: no text is one touch away, and who can help as well.
Source: domain.md section 9, point 3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kiosk.places import AtQuestion
from kiosk.presenters.answered import prompt
from kiosk.presenters.answering import accepted, past
from kiosk.presenters.page import Block, cut, more
from kiosk.presenters.question import demonstration
from kiosk.presenters.shown import Bars, Look, Said
from kiosk.presenters.touching import Barred, at_office, said, turned
from kiosk.sitting import goes, opened_of, sheet_of
from kiosk.walking import answered, backward
from kiosk.writing import announcing, mode_again, told
from models.consultation import text_of
from models.questionnaire import LanguageTag, Note, Purpose, Repeat

STANDS_S: Final = 3.0
CROWDED: Final = 1.15  # of what a page holds: better a little smaller than parted


@dataclass(frozen=True, slots=True)
class AnnounceView:
    """The question that may be answered in words, and paragraphs about what becomes of them."""

    look: Look
    bars: Bars
    title: Said
    blocks: tuple[Block, ...]
    more: Said | None


class AnnouncePresenter(Barred):
    """What a touch on the announcement means."""

    kind = AtQuestion

    def view(self) -> AnnounceView:
        """Return the announcement, on as many pages as larger words need."""
        pages = self._pages()
        page = min(self.place(AtQuestion).page, len(pages) - 1)
        return AnnounceView(
            look=self.look(),
            bars=self.bars(),
            title=prompt(self._turn, self.place(AtQuestion).path),
            blocks=pages[page],
            more=more(self._turn, page, len(pages)),
        )

    def bars(self) -> Bars:
        """Return the bars; the ways on are there once it has stood long enough. None while something else is shown."""
        sitting = self._turn.sitting
        if not announcing(sitting):
            return Bars()
        place = self.place(AtQuestion)
        if not place.stood or place.page < len(self._pages()) - 1:
            return self.usual_bars()
        return self.usual_bars(skip=self.say("announce", "No text"), onward=self.say("announce", "I understand"))

    def _pages(self) -> tuple[tuple[Block, ...], ...]:
        """Return what is said, the most urgent first."""
        blocks = [*self._hint(), self._now(), *self._readers(), *self._harm()]
        letters = sum(len(block.body.text) for block in blocks)
        fits = letters <= CROWDED * self._turn.room.letters_at(self._turn.sitting.scale)
        return (tuple(blocks),) if fits else cut(self._turn, blocks)

    def touch_more(self) -> None:
        """Read on; after the last page, from the first."""
        place, sitting = self.here(AtQuestion), self._turn.sitting
        if place is not None and announcing(sitting):
            self._turn.move(goes(sitting, replace(place, page=turned(place.page, len(self._pages())))))

    def _hint(self) -> tuple[Block, ...]:
        """Return what the author says of this box; beside the keyboard there will be no room for it."""
        place, sheet = self.place(AtQuestion), sheet_of(self._turn.sitting)
        question = sheet.question(place.path)
        if isinstance(question, Note | Repeat) or question.hint is None:
            return ()
        return (Block(None, said(sheet.words(question.hint, place.path))),)

    def _readers(self) -> tuple[Block, ...]:
        """Return who reads it and when at the latest, and that nobody is named unless they name themselves."""
        opened = opened_of(self._turn.sitting)
        policy = opened.consultation.free_text
        reader = self._turn.spoken(*text_of(policy.who_reads, LanguageTag(self._turn.tag())))
        read = self.say(
            "announce",
            "Nobody reads this today. It is read by: {reader}. Longest wait in days: {days}.",
            reader=reader,
            days=policy.longest_wait_days,
        )
        if opened.questionnaire.purpose is Purpose.SIGN_UP:  # which asks for a name
            return (Block(None, read),)
        return (Block(None, joined(read, self.say("announce", "We do not know who you are."))),)

    def _harm(self) -> tuple[Block, ...]:
        """Return what happens if somebody may get hurt; at a demonstration, that nothing does."""
        if demonstration(self._turn) is not None:
            return (Block(None, self.say("announce", "This is a demonstration. No staff are told anything.")),)
        if at_office(self._turn):
            harm = self.say("announce", "If somebody may get hurt, staff are told which office, but not who.")
        else:
            harm = self.say("announce", "If somebody may get hurt, staff are told which wing, but not who.")
        return (Block(None, joined(harm, self.say("announce", "People who saw you here may guess."))),)

    def _now(self) -> Block:
        """Return whom to tell at once."""
        if at_office(self._turn):
            whom = self.say("announce", "Tell the duty officer, or call 999. Samaritans: call 116 123.")
        else:
            whom = self.say("announce", "Press your cell bell, or tell any officer. Or ask for a Listener.")
        return Block(self.say("announce", "In danger now?"), whom)

    def stood(self, seconds: float) -> None:
        """Be told for how long this page has been shown."""
        place = self.here(AtQuestion)
        if place is not None and announcing(self._turn.sitting) and not place.stood and seconds >= STANDS_S:
            self._turn.move(goes(self._turn.sitting, replace(place, stood=True)))

    def onward(self) -> None:
        """Open the box."""
        self._turn.move(told(self._turn.sitting))

    def skip(self) -> None:
        """Write nothing, and go on."""
        sitting, place = self._turn.sitting, self.place(AtQuestion)
        sheet = accepted(sheet_of(sitting), place.path, None)
        self._turn.move(past(answered(told(sitting), sheet), place))

    def back(self) -> None:
        """Go back: to how a suggestion is given, else to the question before."""
        sitting = self._turn.sitting
        self._turn.move(mode_again(sitting) or backward(sitting))


def joined(*sentences: Said) -> Said:
    """Return sentences that follow each other in one paragraph."""
    first = sentences[0]
    clips = tuple(clip for one in sentences for clip in one.clips)
    return replace(first, text=" ".join(one.text for one in sentences), clips=clips, whole=None)
