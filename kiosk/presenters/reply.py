"""A reply, read once: what the code opened, and who says it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.places import Board, ReplyShown
from kiosk.presenters.page import Block, PageView, cut, more, signed
from kiosk.presenters.touching import Barred, turned
from kiosk.sitting import goes
from models.consultation import text_of
from models.questionnaire import LanguageTag


@dataclass(frozen=True, slots=True)
class ReplyView(PageView):
    """A title and the reply, cut into pages that do not scroll."""


class ReplyPresenter(Barred):
    """What a touch beside a reply means."""

    kind = ReplyShown

    def view(self) -> ReplyView:
        """Return the open page. Nobody published a reply: it is spoken live, to one pair of ears, or not at all."""
        place = self.place(ReplyShown)
        words = self._turn.spoken(*text_of(place.reply.text, LanguageTag(self._turn.tag())))
        body = words if self._turn.hearing.can_say(words) else replace(words, clips=(), whole=None)
        pages = cut(self._turn, [Block(None, body), Block(None, signed(self._turn, place.reply.by, place.reply.day))])
        page = min(place.page, len(pages) - 1)
        return ReplyView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("reply", "This is the answer for you"),
            blocks=pages[page],
            picture="reply",
            page=page,
            pages=len(pages),
            more=more(self._turn, page, len(pages)),
        )

    def touch_more(self) -> None:
        """Read on; after the last page, from the first."""
        place = self.here(ReplyShown)
        if place is not None:
            view = self.view()
            self._turn.move(goes(self._turn.sitting, replace(place, page=turned(view.page, view.pages))))

    def back(self) -> None:
        """Go back to the noticeboard; the reply is gone, and the code would have to be touched again."""
        self._turn.move(goes(self._turn.sitting, Board()))
