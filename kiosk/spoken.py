"""What each page says aloud: which of its words, in which order, and which are for one pair of ears.

Rule 1: what is not named in the table of pages below is silent: a new kind of View says nothing until it has its row,
        or is named among those that are silent on purpose.
Rule 2: what they chose, their code and their names are spoken in headphones only, and a page does not need them to be
        heard.
Source: kiosk.md section 7.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, assert_never

from kiosk.presenters.announce import AnnounceView
from kiosk.presenters.before import BeforeView
from kiosk.presenters.between import BetweenView
from kiosk.presenters.bigger import BiggerView
from kiosk.presenters.board import BoardView
from kiosk.presenters.booth_ask import BoothAskView
from kiosk.presenters.booth_check import BoothCheckView
from kiosk.presenters.booth_paper import BoothPaperView
from kiosk.presenters.booth_sealed import BoothSealedView
from kiosk.presenters.booth_slip import BoothSlipView
from kiosk.presenters.booth_vote import BoothVoteView
from kiosk.presenters.booth_welcome import BoothWelcomeView
from kiosk.presenters.booth_words import BoothWordsView
from kiosk.presenters.colour_test import ColourTestView
from kiosk.presenters.comeback_digits import ComebackDigitsView
from kiosk.presenters.comeback_given import ComebackGivenView
from kiosk.presenters.comeback_pictures import ComebackPicturesView
from kiosk.presenters.consultations import ConsultationsView
from kiosk.presenters.council import CouncilView
from kiosk.presenters.council_elected import CouncilElectedView
from kiosk.presenters.council_flow import CouncilFlowView
from kiosk.presenters.council_page import CouncilPageView
from kiosk.presenters.council_stub import CouncilStubView
from kiosk.presenters.council_tally import CouncilTallyView
from kiosk.presenters.every_page import View
from kiosk.presenters.farewell import FarewellView
from kiosk.presenters.help import HelpView
from kiosk.presenters.help_now import HelpNowView
from kiosk.presenters.hidden import HiddenView
from kiosk.presenters.home import HomeView
from kiosk.presenters.measuring import MeasuringView
from kiosk.presenters.mode import ModeView
from kiosk.presenters.names_found import NamesFoundView
from kiosk.presenters.opening import OpeningView
from kiosk.presenters.out_of_service import OutOfServiceView
from kiosk.presenters.pads import (
    AnswerPad,
    Fixed,
    Keypad,
    Large,
    NoteOnly,
    Ranking,
    Series,
    Stepper,
    Steps,
    TakeAway,
    TextPad,
    Tiles,
    Wheels,
)
from kiosk.presenters.page import PageView
from kiosk.presenters.pin import PinView
from kiosk.presenters.practice import PracticeView
from kiosk.presenters.question import QuestionView
from kiosk.presenters.read_to_me import ReadToMeView
from kiosk.presenters.reply import ReplyView
from kiosk.presenters.results import ResultsView
from kiosk.presenters.review import ReviewView
from kiosk.presenters.service import ServiceView
from kiosk.presenters.service_part import ServicePartView
from kiosk.presenters.shown import Bars, Said, Tile, aloud, digits
from kiosk.presenters.touch_test import TouchTestView
from kiosk.presenters.warning import WarningView
from kiosk.presenters.welcome import WelcomeView
from models.clips import sentences


class Part(NamedTuple):
    """Words of a page. `private`: for headphones only; a page is whole without them."""

    said: Said
    private: bool = False


def parts(view: View) -> tuple[Part, ...]:
    """Return what is read on arriving at a page: its title or question first, then each thing to choose."""
    told = _TOLD.get(type(view))
    return () if told is None else tuple(part for part in told(view) if sentences(part.said.text))


def controls(view: View) -> tuple[Part, ...]:
    """Return what is read after that on touch of Listen: how far one is, the keys, and the controls around the page."""
    if type(view) not in _TOLD:
        return ()
    around: list[Said | None] = [*_keys(view)]
    if isinstance(view, PracticeView):
        around += [view.progress.words]
    if isinstance(view, QuestionView):
        undo = view.answer.undo if isinstance(view.answer, Ranking) else None
        around += [view.progress.words, undo, view.tell]
    if isinstance(view, BoothVoteView):
        undo = view.answer.undo if isinstance(view.answer, Ranking) else None
        around += [view.progress.words, undo, view.tell, view.blank, view.spoil]
    if isinstance(view, BoothCheckView):
        around += [view.change]
    bars = getattr(view, "bars", Bars())
    around += [bars.skip, bars.onward, bars.back, bars.bigger, bars.language, bars.hide, bars.help, bars.stop]
    return tuple(Part(said) for said in around if said is not None)


def _keys(view: View) -> Iterator[Said]:
    """The keys of a number pad; letters have no clips, and whoever needs them reads them."""
    match view:
        case (
            ComebackDigitsView(rows=rows, title=shown)
            | BoothSlipView(rows=rows, title=shown)
            | QuestionView(answer=Keypad(rows=rows), prompt=shown)
        ):
            for key in (key for row in rows for key in row):
                is_digit = key.words.isdecimal()
                yield digits(key.words, shown.tag) if is_digit else aloud(key.words, shown.tag, shown.direction)


def _plain(*words: Said | None) -> Iterator[Part]:
    return (Part(said) for said in words if said is not None)


def _tiles(tiles: Iterable[Tile]) -> Iterator[Part]:
    for tile in tiles:
        yield from _plain(tile.words, tile.small)


def _before(view: BeforeView) -> Iterator[Part]:
    yield from _plain(view.title)
    for line in view.lines:
        yield from _plain(line.head, line.words)
    yield from _tiles(view.choices)
    yield from _plain(view.tell)


def _question(view: QuestionView | PracticeView) -> Iterator[Part]:
    yield from _plain(view.badge, view.prompt, view.trouble, view.hint)
    yield from _pad(view.answer, view.prompt.tag)


def _pad(answer: AnswerPad, tag: str) -> Iterator[Part]:  # noqa: C901, PLR0912 - a table of kinds
    match answer:
        case Tiles(tiles=tiles, more=more):
            yield from _plain(*(tile.words for tile in tiles), more)
        case Ranking(tiles=tiles, more=more):
            for tile in tiles:
                yield Part(tile.words)
                if tile.place is not None:
                    yield Part(digits(str(tile.place), tag), private=True)
            yield from _plain(more)
        case Steps(stops=stops, low=low, high=high):
            yield from _plain(low, *stops, high)
        case Stepper(value=value, marks=marks):
            if value is not None:
                yield Part(value, private=True)
            yield from _plain(*(mark.words for mark in marks))
        case Wheels(wheels=wheels, whole=whole, chosen=chosen):
            yield from _plain(*(wheel.name for wheel in wheels))
            yield Part(whole, private=chosen)
        case Fixed(words=words):
            yield Part(words, private=True)
        case Series(lines=lines, take_away=take_away, add=add, more=more):
            yield from (Part(line.words, private=True) for line in lines)
            yield from _plain(take_away if lines else None, add, more)
        case TakeAway(line=line, yes=yes, no=no):
            yield Part(line.words, private=True)
            yield from _plain(yes, no)
        case Keypad() | TextPad() | Large() | NoteOnly():
            return
        case _ as never:
            assert_never(never)


def _results(view: ResultsView) -> Iterator[Part]:
    yield from _plain(view.sentence, view.question)
    for row in view.rows:
        yield from _plain(row.label, row.value)
    yield from _plain(view.base, view.how, view.how_below)


def _review(view: ReviewView) -> Iterator[Part]:
    yield Part(view.title)
    for line in view.lines:
        yield Part(line.prompt)
        yield Part(line.answer, private=True)
    yield from _plain(view.more)


def _vote(view: BoothVoteView) -> Iterator[Part]:
    yield from _plain(view.prompt, view.trouble, view.hint)
    yield from _pad(view.answer, view.prompt.tag)
    yield from _plain(*(tile.small for tile in view.answer.tiles if tile.gone), view.blank, view.spoil)


def _check(view: BoothCheckView) -> Iterator[Part]:
    """On a speaker only what is asked is read; the choice is for one pair of ears."""
    yield from _plain(view.counted, view.title)
    for tile in view.lines:
        if tile.place is not None:
            yield Part(digits(str(tile.place), view.title.tag), private=True)
        yield Part(tile.words, private=True)


def _elected(view: CouncilElectedView) -> Iterator[Part]:
    yield from _plain(view.title, view.hint)
    yield from _tiles(view.tiles)
    yield from _plain(*view.lines)


def _flow(view: CouncilFlowView) -> Iterator[Part]:
    """A picture is heard as what happened, stage by stage, and then as what stands beside it."""
    yield from _plain(view.title, *view.aloud)
    for lane in view.lanes:
        yield from _plain(lane.name, lane.votes, lane.aloud)
    yield from _plain(*(one.words for one in view.legend))


def _tally(view: CouncilTallyView) -> Iterator[Part]:
    yield from _plain(view.title, view.words, view.alone)
    for row in view.rows:
        yield from _plain(row.name, row.value, row.change, row.note)


def _sealed(view: BoothSealedView) -> Iterator[Part]:
    yield Part(view.title)
    for block in view.codes:
        yield from _plain(block.head)
        yield from (Part(digits(sign, view.title.tag), private=True) for sign in block.body.text if sign.isalnum())
    yield from _plain(*view.body, view.more)


def _page(view: PageView) -> Iterator[Part]:
    yield Part(view.title)
    for block in view.blocks:
        yield from _plain(block.head, block.body)
    yield from _plain(view.more)


def _reply(view: ReplyView) -> Iterator[Part]:
    """A reply is for one pair of ears; where it cannot be heard at all, the page is not whole without it."""
    yield Part(view.title)
    yield from (Part(block.body, private=bool(block.body.clips)) for block in view.blocks)
    yield from _plain(view.more)


def _code_given(view: ComebackGivenView) -> Iterator[Part]:
    yield Part(view.title)
    yield from (Part(tile.words, private=True) for tile in view.pictures)
    for digit in "".join(view.digits):
        yield Part(digits(digit, view.title.tag), private=True)
    yield from _plain(*view.body)


def _code_pictures(view: ComebackPicturesView) -> Iterator[Part]:
    yield Part(view.title)
    yield from (Part(tile.words, private=True) for tile in view.chosen if tile is not None)
    yield from _plain(*(tile.words for tile in (*view.tiles, *view.kinds)), view.delete)


def _code_digits(view: ComebackDigitsView) -> Iterator[Part]:
    yield Part(view.title)
    yield from (Part(tile.words, private=True) for tile in view.pictures)
    yield from _plain(*view.trouble)


def _list(view: CouncilView | HomeView | ConsultationsView | BoardView) -> Iterator[Part]:
    yield Part(view.title)
    yield from _tiles(view.tiles)
    yield from _plain(getattr(view, "more", None), getattr(view, "come_back", None), getattr(view, "code", None))


def _helpers(view: HelpView | ModeView | BoothAskView) -> Iterator[Part]:
    yield Part(view.title)
    yield from _tiles(view.lines)
    yield from _plain(getattr(view, "more", None), getattr(view, "about", None))


def _help_now(view: HelpNowView) -> Iterator[Part]:
    """On a speaker it is Who can help and no more; whoever comes here has typed, and so can read the rest."""
    yield Part(view.title)
    yield from (Part(part.said, private=True) for part in _tiles(view.lines))


def _announce(view: AnnounceView) -> Iterator[Part]:
    yield Part(view.title)
    for block in view.blocks:
        yield from _plain(block.head, block.body)
    yield from _plain(view.more)


def _settings(view: BiggerView) -> Iterator[Part]:
    yield Part(view.title)
    for setting in view.settings:
        yield from _plain(setting.name, *(tile.words for tile in setting.tiles))


_TOLD: Final[Mapping[type, Callable[[Any], Iterator[Part]]]] = {
    # The first page that is read says where Listen is: it stands there on every page.
    ReadToMeView: lambda view: _plain(view.title, view.body, view.yes, view.no, view.bars.listen),
    HomeView: _list,
    ConsultationsView: _list,
    BeforeView: _before,
    PracticeView: _question,
    QuestionView: _question,
    ResultsView: _results,
    ReviewView: _review,
    BetweenView: lambda view: _plain(view.title, view.body, view.go_on, view.leave),
    FarewellView: lambda view: _plain(view.title, *view.body, view.who, view.home, view.finish),
    BoardView: _list,
    PageView: _page,
    HelpView: _helpers,
    ModeView: _helpers,
    AnnounceView: _announce,
    NamesFoundView: lambda view: _plain(view.title, *view.body, view.take_out, view.leave_it),
    HelpNowView: _help_now,
    WarningView: lambda view: _plain(view.title, view.body, view.yes, view.stop),
    OpeningView: lambda view: _plain(view.title),
    ComebackGivenView: _code_given,
    ComebackPicturesView: _code_pictures,
    ComebackDigitsView: _code_digits,
    BiggerView: _settings,
    ReplyView: _reply,
    BoothWelcomeView: _page,
    BoothSlipView: lambda view: _plain(view.title, *view.trouble),
    BoothVoteView: _vote,
    BoothAskView: _helpers,
    BoothWordsView: _page,
    BoothCheckView: _check,
    BoothSealedView: _sealed,
    BoothPaperView: _page,
    CouncilView: _list,
    CouncilStubView: lambda view: _plain(view.title),
    CouncilPageView: _page,
    CouncilElectedView: _elected,
    CouncilFlowView: _flow,
    CouncilTallyView: _tally,
}
SILENT: Final[frozenset[type]] = frozenset(
    {
        *(WelcomeView, OutOfServiceView, HiddenView, PinView),
        *(ServiceView, ServicePartView, MeasuringView, TouchTestView, ColourTestView),
    }
)
"""Welcome rests, its ears apart; the pages of staff are silent, so are a kiosk out of use and a hidden page."""
