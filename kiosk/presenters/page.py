"""A page to read: one notice, how its findings are known, who can help, how to tell staff, or this screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import regex

from kiosk.places import Page
from kiosk.presenters.about import about
from kiosk.presenters.board import KINDS, notices
from kiosk.presenters.day import month_of
from kiosk.presenters.help import helpers
from kiosk.presenters.shown import Bars, Look, Said, aloud, for_their_ears
from kiosk.presenters.touching import Barred, Turning, at_office, phrased, turned
from kiosk.sitting import goes
from models.consultation import text_of
from models.noticeboard import Notice
from models.questionnaire import LanguageTag

HEAD_LETTERS, GAP_LETTERS = 25, 10  # as much room as a head takes, and the gap before a paragraph
ALONE = 1.2  # how much more a page holds that needs no control to read on


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, with a head where it has one ("You said", "We did")."""

    head: Said | None
    body: Said


@dataclass(frozen=True, slots=True)
class PageView:
    """A title and its paragraphs, cut into pages that do not scroll.

    `picture` stands beside the title, `large` beside the paragraphs: an icon's name, or a file of the bundle.
    """

    look: Look
    bars: Bars
    title: Said
    blocks: tuple[Block, ...]
    picture: str | None
    page: int
    pages: int
    more: Said | None
    large: str | None = None


class PagePresenter(Barred):
    """What a touch on a page means."""

    kind = Page

    def view(self) -> PageView:
        """Return the open page of what is read."""
        place = self.place(Page)
        told = {
            "helper": self._helper,
            "how": self._how,
            "notice": self._notice,
            "about": self._about,
            "telling": self._telling,
        }[place.kind]
        title, picture, blocks = told(place)
        pages = cut(self._turn, blocks)
        page = min(place.page, len(pages) - 1)
        return PageView(
            look=self.look(),
            bars=self.bars(),
            title=title,
            blocks=pages[page],
            picture=None if self._tells(place) else picture,
            page=page,
            pages=len(pages),
            more=more(self._turn, page, len(pages)),
            large=picture if self._tells(place) else None,
        )

    def _tells(self, place: Page) -> bool:
        """Return whether this is a story: its picture counts as much as its words."""
        return place.kind == "notice" and self._told(place).kind == "story"

    def bars(self) -> Bars:
        """Return the bars; a page about help does not offer help once more."""
        place = self._turn.sitting.place
        if self._turn.sitting.language is None:
            return Bars(back=self.say("bars", "Back"))
        bars = self.usual_bars()
        helping = isinstance(place, Page) and place.kind in ("helper", "about", "telling")
        return replace(bars, help=None) if helping else bars

    def _text(self, texts: Mapping[LanguageTag, str]) -> Said:
        return self._turn.spoken(*text_of(texts, LanguageTag(self._turn.tag())))

    def _telling(self, _place: Page) -> tuple[Said, str | None, list[Block]]:
        """Return what to say to whom; nothing of it is kept, and nobody is told that it was read."""
        say = self.say
        if at_office(self._turn):
            whom = [say("page", "Go to the duty officer. Or go to anyone who works here.")]
        else:
            trusted = say("page", "Go to someone you trust: an officer, a nurse or the chaplain.")
            whom = [trusted, say("page", "In your cell, press the bell.")]
        words = say("page", "Say: I wrote on the kiosk. I need help now.")
        kept = say("page", "This kiosk does not know who you are. It tells nobody your name.")
        told = [Block(None, for_their_ears(one)) for one in (words, *whom, kept)]
        return for_their_ears(say("help_now", "Tell staff it is me")), "help-officer", told

    def _helper(self, place: Page) -> tuple[Said, str | None, list[Block]]:
        helper = helpers(self._turn)[int(place.key)]
        return self._text(helper.name), helper.picture, [Block(None, self._text(helper.how))]

    def _how(self, place: Page) -> tuple[Said, str | None, list[Block]]:
        """Return what findings are made of, and what they do not tell; the words hold for every release."""
        words = (
            self.say("results", "Each sheet that was handed in counts once. Somebody may have handed in two."),
            self.say("results", "Who did not take part is missing here."),
            self.say("results", "Fewer than ten people are never shown."),
            self.say("results", "Then one more number is kept back. So nobody can work it out."),
        )
        signed = Block(None, self._signed(self._told(place)))
        return self.say("results", "How we know"), "results", [*(Block(None, said) for said in words), signed]

    def _about(self, _place: Page) -> tuple[Said, str | None, list[Block]]:
        sign = "logo-contrast" if self.look().theme == "contrast" else "logo"
        return self.say("about", "About this screen"), sign, [Block(None, said) for said in about(self._turn)]

    def _told(self, place: Page) -> Notice:
        return next(notice for notice in notices(self._turn) if notice.id == place.key)

    def _notice(self, place: Page) -> tuple[Said, str | None, list[Block]]:
        notice = self._told(place)
        blocks = []
        if notice.said is not None and notice.did is not None:
            blocks.append(Block(self.say("page", "You said"), self._text(notice.said)))
            blocks.append(Block(self.say("page", "We did"), self._text(notice.did)))
        if notice.body != notice.did:  # a reply's body says again what was done
            blocks.append(Block(None, self._text(notice.body)))
        blocks.append(Block(None, self._signed(notice)))
        return self._text(notice.title), notice.picture or KINDS[notice.kind][1], blocks

    def _signed(self, notice: Notice) -> Said:
        author = notice.by if notice.role is None else self._text(notice.role)
        return signed(self._turn, author, notice.day)

    def touch_more(self) -> None:
        """Read on; after the last page, from the first."""
        place = self.here(Page)
        if place is not None:
            view = self.view()
            self._turn.move(goes(self._turn.sitting, replace(place, page=turned(view.page, view.pages))))


def signed(turn: Turning, author: str | Said, day: date) -> Said:
    """Return who says something, and when."""
    written = phrased(turn, month_of(day), day=day.day, year=day.year)
    return turn.say("page", "From: {author}, {day}", author=author, day=written)


def more(turn: Turning, page: int, pages: int) -> Said | None:
    """Return the words of the control that reads on, or None where one page holds everything."""
    return turn.say("page", "More ({page} of {pages})", page=page + 1, pages=pages) if pages > 1 else None


def cut(turn: Turning, blocks: list[Block], share: float = 1.0, *, alone: bool = True) -> tuple[tuple[Block, ...], ...]:
    """Return the paragraphs on as many pages as they need here; a long one is cut between sentences.

    `share` of a page is free for them: the rest is taken by what stands below or beside. `alone`: no other paragraphs
    come before or after, so that one page needs no control to read on.
    """
    pages: list[list[Block]] = [[]]
    letters, whole = int(share * turn.room.letters_at(turn.sitting.scale)), share * turn.room.letters_at(100)

    def need_of(block: Block) -> float:
        """What a head and a gap take does not grow with the size of type: it is fewer letters of a larger one."""
        return len(block.body.text) + (GAP_LETTERS + (HEAD_LETTERS if block.head else 0)) * letters / whole

    if alone and sum(map(need_of, blocks)) <= ALONE * letters:
        return (tuple(blocks),)
    room: float = letters
    for block in (piece for every in blocks for piece in _pieces(every, letters)):
        need = need_of(block)
        if pages[-1] and need > room:
            pages.append([])
            room = letters
        pages[-1].append(block)
        room -= need
    return tuple(tuple(page) for page in pages)


def _pieces(block: Block, letters: int) -> list[Block]:
    if len(block.body.text) <= letters:
        return [block]
    texts = [""]
    for sentence in regex.findall(r".+?(?:[.!?؟]+(?:\s+|\Z)|\n+|\Z)", block.body.text, regex.DOTALL):
        if texts[-1] and len(texts[-1]) + len(sentence) > letters:
            texts.append("")
        texts[-1] += sentence
    heads = [block.head, *([None] * (len(texts) - 1))]
    body = block.body
    worded = aloud if body.clips else Said  # what is silent as a whole is silent in parts
    return [
        Block(head, worded(text.strip(), body.tag, body.direction)) for head, text in zip(heads, texts, strict=True)
    ]
