"""The way to every screen: what somebody touches until it stands there.

1. A visitor has no window: the real presenters are touched, and the sitting that comes of it is what is drawn.
2. A way is written once and walked in every language; where a language has no such screen, the way is left out.
3. Every View of the program is reached by at least one way (a test asks).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Final, get_args

from kiosk.booth_places import CouncilPage, CouncilPart
from kiosk.places import (
    CodeDigits,
    CodeGiven,
    CodePictures,
    HelpNow,
    NamesFound,
    OutOfService,
    Place,
    Review,
    StaffPart,
    Trouble,
)
from kiosk.presenters.council_flow import CouncilFlowView
from kiosk.presenters.council_tally import CouncilTallyView
from kiosk.presenters.shown import Said
from kiosk.preview.rehearsal import rehearsed, stands
from kiosk.sitting import Sitting, aside, farewell, goes, sheet_of
from kiosk.walking import take_up
from models.questionnaire import LanguageTag
from models.reply import Reply
from tests.gallery.house import HouseDoors, the_council, the_results, the_shelf
from tests.kiosk.booths import FIRST_SLIP, MemoryBooth
from tests.kiosk.doors import PIN, Person
from tests.kiosk.views_staff import FAULTS, LAST_ROUND
from tests.models.elections import slips

A_REPLY: Final = Reply(
    {
        LanguageTag("en"): "You asked for a clock in the yard. One is ordered, and it comes before Christmas. "
        "It will hang over the door, where all can see it.",
        LanguageTag("pl"): "W sprawie zegara na dziedzińcu: jest zamówiony i będzie przed świętami.",
        LanguageTag("ar"): "بشأن الساعة في الفناء: طلبنا واحدة وستصل قبل 24 ديسمبر.",
    },
    "Head of works",
    date(2026, 11, 22),
)


class Hears:
    """A voice that says everything, in headphones or not."""

    present = True

    def can_say(self, *words: Said) -> bool:
        return True

    def alone(self) -> bool:
        return False

    def listen(self) -> None:
        """Stay silent: nobody is there."""

    def speak(self, words: Said) -> None:
        """Stay silent: nobody is there."""


class Visitor(Person):
    """Somebody who finds every screen."""

    def __init__(self, tag: str, wing: str = "a") -> None:
        super().__init__(HouseDoors(on_shelf=the_shelf(wing)))
        self.tag = tag
        self.turn.hearing = Hears()
        self.turn.start()

    def come(self) -> None:
        """Choose the language, and stand at Home."""
        self.touch("tile", self.tag)
        self.touch("no")

    def vote(self, *, ballots: int = 0) -> None:
        """Come into the booth, and type the number of a slip; leave so many votes blank."""
        _booth(self)
        self.touch("onward")
        for digit in FIRST_SLIP:
            self.touch("key", digit)
        self.touch("onward")
        for _ in range(ballots):
            self.to_the_vote()
            self.touch("blank")
            self.touch("tile", "yes")
        self.to_the_vote()

    def to_the_vote(self) -> None:
        """Read past what a vote is about."""
        while self.screen == "booth_words":
            self.touch("back")

    def at(self, name: str, part: str = "") -> None:
        """Stand at a question of the questionnaire of every kind, or at another part of it."""
        self.come()
        self.turn.move(_every_kind(self.tag)[name, part])

    def stand(self, place: Place) -> None:
        """Stand somewhere that no touch leads to."""
        self.turn.move(goes(self.turn.sitting, place))


Way = Callable[[Visitor], object]


@cache
def _every_kind(tag: str) -> Mapping[tuple[str, str], Sitting]:
    """Return every place of the questionnaire of every kind, by name and part."""
    opened = next(one for one in the_shelf().consultations if one.consultation.id == "every-kind")
    asked = replace(opened, questionnaire=rehearsed(opened.questionnaire))
    visitor = Visitor(tag)
    visitor.come()
    there = take_up(visitor.turn.sitting, asked, visitor.doors.today(), visitor.doors.seed())
    return {(stand.name, stand.part): stand.sitting for stand in stands(visitor.turn, there)}


# Touches that answer a question before its picture is taken, by the question's name.
ANSWERS: Final[Mapping[str, tuple[tuple[Any, ...], ...]]] = {
    "talk": (("tile", "4"),),
    "topics": (("tile", "healthcare"), ("tile", "work")),
    "grid": (("tile", "visits"),),
    "cards": (("tile", "work"),),
    "order": (("tile", "work"), ("tile", "food")),
    "safe": (("step", 7),),
    "clean": (("step", 3),),
    "share": (("step", 7),),
    "quiet": (("step", 4),),
    "warm": (("shown",),),
    "hours": (("key", "1"), ("key", "2")),
    "phone": tuple(("key", digit) for digit in "0207946"),
    "since": (("shown",),),
    "month": (("shown",),),
    "time": (("shown",),),
}


def _question(name: str, part: str = "") -> Way:
    """Stand at a question, answered where ANSWERS says how, or at another part of it."""

    def way(visitor: Visitor) -> None:
        visitor.at(name, part)
        for verb, *what in () if part else ANSWERS.get(name, ()):
            visitor.touch(verb, *what)

    return way


def _trouble(visitor: Visitor) -> None:
    """A number that a rule of the author's refuses: none that can be typed is refused by itself."""
    visitor.at("hours")
    visitor.stand(replace(visitor.turn.place, trouble=Trouble("constraint", None)))


def _series(visitor: Visitor) -> None:
    visitor.at("visitors")
    for person in ("partner", "child", "friend"):
        visitor.touch("add")
        visitor.touch("tile", person)
        visitor.touch("onward")
        visitor.touch("key", "2")
        visitor.touch("onward")


def _take_away(visitor: Visitor) -> None:
    _series(visitor)
    visitor.touch("take_away", visitor.sees.answer.lines[0].key)


def _typing(visitor: Visitor) -> None:
    visitor.at("words")
    letters = [key.key for row in visitor.sees.answer.rows for key in row if len(key.key) == 1 and key.key.isalpha()]
    for key in (*letters[:5], "space", *letters[8:14]):
        visitor.touch("key", key)


def _review(visitor: Visitor) -> None:
    """Answer some of the first part, and go to its review."""
    visitor.at("talk")
    for verb, *what in (("tile", "4"), ("onward",), ("tile", "yes"), ("tile", "food"), ("tile", "work"), ("onward",)):
        visitor.touch(verb, *what)
    visitor.stand(Review())


def _handing_in(visitor: Visitor) -> None:
    _review(visitor)
    visitor.doors.patient = True
    visitor.touch("onward")


def _between(visitor: Visitor) -> None:
    _review(visitor)
    visitor.touch("onward")


def _code_given(visitor: Visitor) -> None:
    _begun(visitor)
    sitting = visitor.turn.sitting
    first = next(module for module in sheet_of(sitting).modules() if not module.practice)
    visitor.turn.move(replace(sitting, module=first.name, parts=1, place=CodeGiven()))


def _begun(visitor: Visitor) -> None:
    """Take up a survey of several parts, which has a code."""
    _before("take-part", "wing-life")(visitor)
    visitor.go_through()


def _before(tile: str, consultation: str = "") -> Way:
    """Stand before a consultation: the one of a tile, or this one of its list."""

    def way(visitor: Visitor) -> None:
        visitor.come()
        visitor.touch("tile", tile)
        if consultation:
            visitor.touch("tile", consultation)

    return way


def _told_more(visitor: Visitor) -> None:
    _before("take-part", "proposal")(visitor)
    visitor.touch("tell")


def _rights(visitor: Visitor) -> None:
    _told_more(visitor)
    visitor.touch("tell")


def _check(visitor: Visitor) -> None:
    _before("take-part", "proposal")(visitor)
    visitor.touch("onward")


def _told_again(visitor: Visitor) -> None:
    _check(visitor)
    visitor.touch("tile", "yes")


def _practice(visitor: Visitor) -> None:
    _check(visitor)
    visitor.touch("tile", "no")
    visitor.touch("tile", "rain")


def _practice_skip(visitor: Visitor) -> None:
    _practice(visitor)
    visitor.touch("tile", "tea")
    visitor.touch("onward")


def _practice_around(visitor: Visitor) -> None:
    _practice_skip(visitor)
    visitor.touch("skip")


def _opening(visitor: Visitor) -> None:
    visitor.doors.patient = True
    _begun(visitor)


def _code_pictures(visitor: Visitor) -> None:
    visitor.come()
    visitor.stand(CodePictures("wing-life", (23, 38), 6))


def _code_digits(visitor: Visitor) -> None:
    visitor.come()
    visitor.stand(CodeDigits("wing-life", (23, 38, 55, 60)))
    for digit in "123456":
        visitor.touch("key", digit)


def _code_wrong(visitor: Visitor) -> None:
    _code_digits(visitor)
    visitor.touch("onward")


def _reply_code_given(visitor: Visitor) -> None:
    _mode(visitor)
    visitor.touch("tile", "code")
    visitor.stand(Review())
    visitor.touch("onward")


def _no_reply(visitor: Visitor) -> None:
    visitor.come()
    visitor.stand(CodeDigits(None, (23, 38, 55, 60)))
    for digit in "030713":
        visitor.touch("key", digit)
    visitor.touch("onward")


def _reply(visitor: Visitor) -> None:
    visitor.doors.replies[(23, 38, 55, 60), "030713"] = A_REPLY
    _no_reply(visitor)


def _farewell(visitor: Visitor) -> None:
    _begun(visitor)
    visitor.turn.move(farewell(visitor.turn.sitting))


def _notice(key: str, *touches: str) -> Way:
    """Read a notice of the board, and touch what stands there."""

    def way(visitor: Visitor) -> None:
        visitor.come()
        visitor.touch("tile", "board")
        while key not in [tile.key for tile in visitor.sees.tiles]:
            visitor.touch("more")
        visitor.touch("tile", key)
        for verb in touches:
            visitor.touch(verb)

    return way


def _helper(visitor: Visitor) -> None:
    visitor.come()
    visitor.touch("help")
    visitor.touch("tile", visitor.sees.lines[0].key)


def _mode(visitor: Visitor) -> None:
    """Give a suggestion without answering anything, as far as the choice how it is given."""
    _before("suggest")(visitor)
    visitor.go_through()
    while visitor.screen == "question":
        visitor.touch("skip")


def _names_found(visitor: Visitor) -> None:
    _begun(visitor)
    visitor.stand(NamesFound())


def _help_now(visitor: Visitor) -> None:
    _begun(visitor)
    visitor.turn.move(aside(farewell(visitor.turn.sitting), HelpNow()))


def _tile(key: str) -> Way:
    def way(visitor: Visitor) -> None:
        visitor.come()
        visitor.touch("tile", key)

    return way


def _warning(visitor: Visitor) -> None:
    visitor.come()
    visitor.turn.idle(0)
    visitor.turn.idle(61)


def _pin(visitor: Visitor) -> None:
    visitor.touch("logo_held")
    for digit in "49302":
        visitor.touch("key", digit)


def _pin_wrong(visitor: Visitor) -> None:
    visitor.doors.wait_s = 240
    visitor.touch("logo_held")
    for digit in "1111111111":
        visitor.touch("key", digit)
    visitor.touch("onward")


def _service(visitor: Visitor) -> None:
    visitor.touch("logo_held")
    for digit in PIN:
        visitor.touch("key", digit)
    visitor.touch("onward")


def _part(*touches: tuple[object, ...]) -> Way:
    """Touch these on the staff page, after faults and a round have been noted."""

    def way(visitor: Visitor) -> None:
        visitor.doors.facts = replace(visitor.doors.facts, last_round=LAST_ROUND, faults=FAULTS)
        _service(visitor)
        for verb, *what in touches:
            visitor.touch(str(verb), *what)

    return way


def _open_poll(visitor: Visitor) -> None:
    visitor.doors.booth = MemoryBooth(the_council(), is_open=True)
    visitor.turn.start()


def _booth(visitor: Visitor) -> None:
    _open_poll(visitor)
    visitor.come()


def _poll(*touches: str) -> Way:
    """Touch these tiles on the staff page's part for an election."""

    def way(visitor: Visitor) -> None:
        visitor.doors.booth = MemoryBooth(the_council())
        _part(*(("tile", key) for key in ("poll", *touches)))(visitor)

    return way


def _papers(visitor: Visitor) -> None:
    visitor.doors.booth = MemoryBooth(the_council(), is_open=True, kind="paper")
    visitor.turn.start()


def _paper(*touches: tuple[object, ...]) -> Way:
    """Come to type in a paper ballot, and touch these."""

    def way(visitor: Visitor) -> None:
        _papers(visitor)
        visitor.touch("tile", visitor.tag)
        for verb, *what in touches:
            visitor.touch(str(verb), *what)

    return way


def _number(code: str = FIRST_SLIP) -> tuple[tuple[object, ...], ...]:
    """Touches that type the number of a slip, from the page before it."""
    return (("onward",), *(("key", digit) for digit in code), ("onward",))


def _entry(*keys: str) -> tuple[tuple[object, ...], ...]:
    """Touches of one whole entry: in each vote one name, or nothing is marked where the key is blank."""
    marks = (((("tile", key), ("onward",)) if key else (("blank",), ("tile", "yes"))) for key in keys)
    return (*_number(), *(touch for mark in marks for touch in mark))


def _used_slip(visitor: Visitor) -> None:
    visitor.doors.booth.used.add(FIRST_SLIP)
    for verb, *what in _number():
        visitor.touch(str(verb), *what)


MARKS: Final = ("2", "1", "3", "", "4")
"""What is marked on a paper: whoever has withdrawn, too, for it was printed before that."""


def _results(*touches: tuple[str, str]) -> Way:
    """Read what came of an election, and touch these."""

    def way(visitor: Visitor) -> None:
        visitor.doors.on_shelf = replace(the_shelf(), elections=(the_results(),))
        visitor.come()
        visitor.touch("tile", "board")
        visitor.touch("tile", "council")
        for verb, key in touches:
            visitor.touch(verb, *([key] if key else []))

    return way


def _until(kind: type, contest: str, more: int = 0) -> Way:
    """Go on through the pages of a vote until one of this kind stands there, and so many further."""

    def way(visitor: Visitor) -> None:
        _results(("tile", contest))(visitor)
        while not isinstance(visitor.sees, kind):
            visitor.touch("onward")
        for _ in range(more):
            visitor.touch("onward")

    return way


def _stands(part: CouncilPart) -> Way:
    """Stand at a part of a vote that only small screens have; on others at the nearest page."""

    def way(visitor: Visitor) -> None:
        _results(("tile", "1"))(visitor)
        visitor.stand(CouncilPage(contest=1, part=part))

    return way


def _flow(more: int = 0) -> Way:
    return _until(CouncilFlowView, "1", more)


def _tally(contest: str) -> Way:
    return _until(CouncilTallyView, contest)


def _slip(digits: str, *verbs: str) -> Way:
    """Type digits of a slip's number, and touch what stands there."""

    def way(visitor: Visitor) -> None:
        _booth(visitor)
        visitor.touch("onward")
        for digit in digits:
            visitor.touch("key", digit)
        for verb in verbs:
            visitor.touch(verb)

    return way


def _vote(at: int, *touches: tuple[object, ...]) -> Way:
    """Stand at one vote of the booth, and touch these."""

    def way(visitor: Visitor) -> None:
        visitor.vote(ballots=at)
        for verb, *what in touches:
            visitor.touch(str(verb), *what)

    return way


def _about(visitor: Visitor) -> None:
    visitor.vote(ballots=2)
    visitor.touch("tell")


def _ranked(visitor: Visitor) -> None:
    """Vote in every vote, the last by a ranking, and look at the last."""
    visitor.vote(ballots=4)
    for tile in visitor.sees.answer.tiles[:3]:
        visitor.touch("tile", tile.key)
    visitor.touch("onward")
    visitor.touch("tile", "no")
    for _ in range(4):
        visitor.touch("onward")


def _sealing(visitor: Visitor) -> None:
    _ranked(visitor)
    visitor.doors.booth.patient = True
    visitor.touch("onward")


def _sealed(visitor: Visitor) -> None:
    _ranked(visitor)
    visitor.touch("onward")


WAYS: Final[dict[str, Way]] = {
    "welcome": lambda _: None,
    "read-to-me": lambda visitor: visitor.touch("tile", visitor.tag),
    "home": Visitor.come,
    "consultations": _tile("take-part"),
    "before": _before("take-part", "proposal"),
    "before-suggestion": _before("suggest"),
    "before-thanks": _before("thank"),
    "before-sign-up": _before("sign-up"),
    "before-more": _told_more,
    "before-rights": _rights,
    "before-check": _check,
    "before-again": _told_again,
    "practice": _practice,
    "practice-skip": _practice_skip,
    "practice-around": _practice_around,
    **{
        f"question-{name}": _question(name)
        for name in ("welcome", "talk", "fast", "topics", "grid", "cards", "order", "ready", "safe", "clean", "share")
    },
    **{
        f"question-{name}": _question(name)
        for name in ("quiet", "warm", "hours", "phone", "since", "month", "born", "time", "both", "place")
    },
    "question-topics-2": _question("topics", "page 2"),
    "question-talk-more": _question("talk", "more"),
    "question-picture": _question("welcome", "large"),
    "mode": _mode,
    "announce": _question("words", "first"),
    "names-found": _names_found,
    "help-now": _help_now,
    "telling": lambda visitor: (_help_now(visitor), visitor.touch("tile", "tell-staff")),
    "question-words": _typing,
    "question-trouble": _trouble,
    "question-series": _series,
    "question-take-away": _take_away,
    "review": _review,
    "review-handing-in": _handing_in,
    "between": _between,
    "opening": _opening,
    "code-given": _code_given,
    "code-pictures": _code_pictures,
    "code-digits": _code_digits,
    "code-wrong": _code_wrong,
    "reply-code-given": _reply_code_given,
    "reply-none": _no_reply,
    "reply": _reply,
    "farewell": _farewell,
    "board": _tile("board"),
    "page-you-said": _notice("phones-mended"),
    "page-notice": _notice("welcome"),
    "page-story": _notice("story-kitchen"),
    "results": _notice("results-wing-life"),
    "results-two": _notice("results-wing-life", "onward"),
    "results-answers": _notice("results-wing-life", "onward", "onward", "onward"),
    "results-several": _notice("results-wing-life", "onward", "onward"),
    "results-how": _notice("results-wing-life", "how"),
    "results-after": _notice("results-wing-life", *["onward"] * 4),
    "help": lambda visitor: (visitor.come(), visitor.touch("help")),
    "helper": _helper,
    "about": lambda visitor: (visitor.come(), visitor.touch("help"), visitor.touch("about")),
    "bigger": lambda visitor: (visitor.come(), visitor.touch("bigger")),
    "hidden": lambda visitor: (visitor.come(), visitor.touch("hide")),
    "warning": _warning,
    "pin": _pin,
    "pin-wrong": _pin_wrong,
    "service": _service,
    **{f"service-{part}": _part(("tile", part)) for part in get_args(StaffPart) if part != "poll"},
    "service-sent": _part(("tile", "send"), ("tile", "dock-stick")),
    "measuring": _part(("tile", "settings"), ("tile", "measure")),
    "measuring-changed": _part(("tile", "settings"), ("tile", "measure"), ("nudge", (300, "longer"))),
    "touch-test": _part(("tile", "test"), ("tile", "touch"), ("glass", (0.3, 0.8))),
    "colour-test": _part(("tile", "test"), ("tile", "colours")),
    "service-poll": _poll(),
    "service-poll-asking": _poll("open"),
    "service-poll-open": _poll("open", "yes"),
    "service-poll-closed": _poll("open", "yes", "close", "yes"),
    "booth-language": _open_poll,
    "booth": _booth,
    "booth-slip": _slip("12345678901"),
    "booth-slip-wrong": _slip("1234567890123456789012", "onward"),
    "booth-vote": _vote(0, ("tile", "3")),
    "booth-vote-list": _vote(1),
    "booth-vote-question": _vote(2, ("tile", "1")),
    "booth-vote-approve": _vote(3, ("tile", "1"), ("tile", "2"), ("tile", "3")),
    "booth-vote-rank": _vote(4, ("tile", "1"), ("tile", "3")),
    "booth-vote-blank": _vote(1, ("back",)),
    "booth-words": _vote(0, ("tell",)),
    "booth-about": _about,
    "booth-for": lambda visitor: (_about(visitor), visitor.touch("more")),
    "booth-against": lambda visitor: (_about(visitor), visitor.touch("more"), visitor.touch("more")),
    "booth-ask-blank": _vote(0, ("blank",)),
    "booth-ask-spoil": _vote(0, ("spoil",)),
    "booth-ask-rest": _vote(4, ("tile", "1"), ("onward",)),
    "booth-check": _ranked,
    "booth-check-blank": lambda visitor: (_ranked(visitor), visitor.touch("back")),
    "booth-check-sealing": _sealing,
    "booth-sealed": _sealed,
    "service-poll-paper-asking": _poll("paper"),
    "service-poll-paper-open": _poll("paper", "yes"),
    "service-poll-paper-closed": _poll("paper", "yes", "close", "yes"),
    "paper-language": _papers,
    "paper": _paper(),
    "paper-slip": _paper(*_number()[:12]),
    "paper-slip-used": lambda visitor: (_paper()(visitor), _used_slip(visitor)),
    "paper-vote": _paper(*_number(), ("tile", "2")),
    "paper-vote-approve": _paper(*_entry("2", "1", "3"), ("tile", "1")),
    "paper-vote-rank": _paper(*_entry(*MARKS[:-1]), ("tile", "3"), ("tile", "1")),
    "paper-vote-blank": _paper(*_entry("", "1"), ("back",), ("back",)),
    "paper-ask-blank": _paper(*_number(), ("blank",)),
    "paper-ask-spoil": _paper(*_number(), ("spoil",)),
    "paper-swap": _paper(*_entry(*MARKS)),
    "paper-slip-again": _paper(*_entry(*MARKS), *_number()[:9]),
    "paper-differ": _paper(*_entry(*MARKS), *_entry("3", *MARKS[1:4], "")),
    "paper-differ-slip": _paper(*_entry(*MARKS), *_number(slips(2)[1].code)),
    "paper-check": _paper(*_entry(*MARKS), *_entry(*MARKS)),
    "paper-in": _paper(*_entry(*MARKS), *_entry(*MARKS), *[("onward",)] * 5),
    "council": _results(),
    "council-stub": _results(("tile", "stub"), *(("key", sign) for sign in "0123")),
    "council-stub-letters": _results(("tile", "stub"), ("key", "further")),
    "council-found": _results(("tile", "stub"), *(("key", sign) for sign in "01234567"), ("onward", "")),
    "council-elected": _results(("tile", "1")),
    "council-person": _results(("tile", "1"), ("tile", "0")),
    "council-reach": _stands("words"),
    "council-key": _stands("flow"),
    "council-flow": _flow(),
    "council-flow-on": _flow(1),
    "council-stage": _tally("1"),
    "council-stage-on": _until(CouncilTallyView, "1", 5),
    "council-parties": _results(("tile", "2")),
    "council-shares": _tally("2"),
    "council-carried": _results(("tile", "3")),
    "council-answers": _tally("3"),
    "out-of-service": lambda visitor: visitor.stand(OutOfService(402)),
}


def found(name: str, tag: str, wing: str = "a") -> tuple[Sitting, HouseDoors]:
    """Return the sitting that a way leads to in a language, and the doors behind which it stands."""
    visitor = Visitor(tag, wing)
    WAYS[name](visitor)
    return visitor.turn.sitting, visitor.doors
