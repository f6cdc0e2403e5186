"""A resident's finger: touches the real screen by a seeded script, and remembers what it touched.

Rule 1: it decides from what is shown and from chance alone; it never looks at the answer sheet.
Rule 2: what it remembers is what a person would say they pressed; the demo compares this with what was counted.
Rule 3: a turn that it leaves unfinished is remembered as nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

from kiosk.places import AtQuestion
from kiosk.presenters.announce import AnnounceView
from kiosk.presenters.before import BeforeView
from kiosk.presenters.between import BetweenView
from kiosk.presenters.board import BoardView
from kiosk.presenters.comeback_given import ComebackGivenView
from kiosk.presenters.comeback_names import A_PAGE
from kiosk.presenters.comeback_pictures import ComebackPicturesView
from kiosk.presenters.consultations import ConsultationsView
from kiosk.presenters.farewell import FarewellView
from kiosk.presenters.home import HomeView
from kiosk.presenters.mode import ModeView
from kiosk.presenters.opening import OpeningView
from kiosk.presenters.pads import Keypad, NoteOnly, Ranking, Steps, TextPad, Tiles
from kiosk.presenters.practice import PracticeView
from kiosk.presenters.question import QuestionView
from kiosk.presenters.read_to_me import ReadToMeView
from kiosk.presenters.review import ReviewView
from kiosk.presenters.warning import WarningView
from kiosk.presenters.welcome import WelcomeView
from models.comeback import Code
from models.questionnaire import Questionnaire, SelectMultiple
from models.record import Mode
from tests.kiosk.driver import Driver

MOST_STEPS: Final = 400
MOST_PEOPLE: Final = 0.45
FRAMES_TO_HAND_IN: Final = 100_000


@dataclass(frozen=True)
class Wish:
    """What somebody comes to do, and how: `habits` are of back, change, skip, walk-away, one-part.

    `mode` is on which terms a suggestion is given: anonymous, or with a reply code, which the finger copies.
    """

    language: str
    tile: str
    consultation: str
    habits: frozenset[str] = frozenset()
    words: str = ""
    mode: Mode = "anonymous"


@dataclass(frozen=True)
class Pressed:
    """One handed-in part, as the finger remembers it."""

    consultation: str
    module: str
    language: str
    answers: Mapping[str, str]


@dataclass
class Finger:
    """Serves one kiosk; `shown` is called after every touch, for pictures."""

    driver: Driver
    random: Random
    forms: Mapping[str, Questionnaire]
    shown: Callable[[object], None] = lambda _view: None
    walked: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    done: list[Pressed] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    tired: int = 0
    changed: bool = False
    returned: bool = False

    def take_a_turn(self, wish: Wish) -> tuple[Pressed, ...]:
        """Come, do what was wished, and leave; return the parts that were handed in."""
        self.walked, self.answers, self.done = [], {}, []
        self.changed = self.returned = False
        self.tired = self.random.randint(2, 5) if "walk-away" in wish.habits else MOST_STEPS
        for _ in range(MOST_STEPS):
            view = self.driver.view
            self.shown(view)
            if self.tired <= 0 and isinstance(view, QuestionView):
                self._walk_away()
                break
            if self._step(wish, view):
                break
        else:
            message = f"the turn came to no end: {wish} at {type(self.driver.view).__name__}"
            raise AssertionError(message)
        assert isinstance(self.driver.view, WelcomeView)
        return tuple(self.done)

    def _walk_away(self) -> None:
        """Leave in the middle; first the kiosk asks, then it forgets."""
        self.driver.idle(61)
        if not isinstance(self.driver.view, WarningView):  # twice as patient while a pad is open
            self.driver.idle(60)
        assert isinstance(self.driver.view, WarningView)
        self.shown(self.driver.view)
        self.driver.idle(121)

    def _step(self, wish: Wish, view: object) -> bool:  # noqa: C901, PLR0912 - a table of screens
        """Touch once or a few times; return whether the turn is over."""
        match view:
            case WelcomeView():
                self.driver.tap(key=wish.language)
            case ReadToMeView():
                self.driver.tap(id="no")
            case HomeView():
                self.driver.tap(key=wish.tile)
            case ConsultationsView():
                self.driver.tap(key=wish.consultation)
            case BeforeView(choices=()):
                self.driver.tap(id="onward")
            case BeforeView() | PracticeView():
                self.driver.go_through()
            case ModeView():
                self.driver.tap(key=wish.mode)
            case AnnounceView():
                self.driver.idle(3)
                self.driver.tap(id="onward" if self.driver.has(id="onward") else "more")
            case QuestionView():
                self._answer(wish, view)
            case ReviewView():
                self._hand_in(wish, view)
            case BetweenView():
                self.driver.tap(id="leave" if "one-part" in wish.habits else "go_on")
            case OpeningView():
                self.driver.wait_for(lambda: not isinstance(self.driver.view, OpeningView), FRAMES_TO_HAND_IN)
            case ComebackGivenView():
                self.driver.tap(id="onward")
            case FarewellView():
                self.driver.tap(id="finish")
                return True
            case BoardView():
                self.driver.tap(id="stop")
                return True
            case _:
                message = f"the finger does not know {type(view).__name__}"
                raise AssertionError(message)
        return False

    def _answer(self, wish: Wish, view: QuestionView) -> None:
        path = self._path()
        if self._practice(path):
            self._practise(view)
            return
        if not self.walked or self.walked[-1] != path:
            self.walked.append(path)
        self.tired -= 1
        if "back" in wish.habits and not self.returned and len(self.walked) > 2 and self.random.random() < 0.5:
            self.returned = True
            self.walked.pop()
            self.driver.tap(id="back")
            return
        if isinstance(view.answer, NoteOnly):
            self.driver.tap(id="onward")
            return
        if view.bars.skip is not None and "skip" in wish.habits and self.random.random() < 0.3:
            self.answers[path] = self._skipped(path)
            self.driver.tap(id="skip")
            return
        self.answers[path] = self._touch_answer(wish, view, path)
        self.driver.tap(id="onward")

    def _touch_answer(self, wish: Wish, view: QuestionView, path: str) -> str:
        """Answer as somebody would who comes here anew or again; return what is then marked on the screen."""
        match view.answer:
            case Tiles(many=True):
                return self._tick(view.answer, path)
            case Tiles():
                key = self._choose(view.answer)
                if "change" in wish.habits and not self.changed:
                    self.changed = True
                    key = self._choose(view.answer)
                return key
            case Ranking():
                return self._rank(view.answer)
            case Steps() as steps:
                at = self.random.randrange(len(steps.stops))
                self.driver.tap(key=str(at))
                return steps.stops[at].text
            case Keypad() as pad:
                for _ in pad.typed:
                    self.driver.tap(key="delete")
                digits = str(self.random.randint(0, 20))
                for digit in digits:
                    self.driver.tap(key=digit)
                return digits
            case TextPad() as pad:
                return self._type(wish.words, pad)
            case _:
                message = f"nothing to touch at {path}"
                raise AssertionError(message)

    def _touch_picture(self, number: int) -> None:
        """Find a picture among those of its kind."""
        for shown, at in (("kinds", number // A_PAGE), ("tiles", number % A_PAGE)):
            view = self.driver.view
            assert isinstance(view, ComebackPicturesView)
            self.driver.tap(text=getattr(view, shown)[at].words.text)

    def _choose(self, tiles: Tiles) -> str:
        """Choose a tile; on each question one answer is what most people say, so that results show something."""
        if self.random.random() < MOST_PEOPLE:
            key = tiles.tiles[len(tiles.tiles) // 3].key
            self.driver.tap(key=key)
            return key
        if tiles.more is not None and self.random.random() < 0.5:
            self.driver.tap(id="more")
        view = self.driver.view
        assert isinstance(view, QuestionView)
        assert isinstance(view.answer, Tiles)
        key = self.random.choice(view.answer.tiles).key
        self.driver.tap(key=key)
        return key

    def _tick(self, tiles: Tiles, path: str) -> str:
        chosen = [tile.key for tile in tiles.tiles if tile.chosen]
        for tile in self.random.sample(tiles.tiles, k=min(len(tiles.tiles), self.random.randint(1, 2))):
            if tile.key not in chosen:
                self.driver.tap(key=tile.key)
                chosen = self._together(chosen, tile.key, path)
        return " ".join(sorted(chosen))

    def _rank(self, ranking: Ranking) -> str:
        """Put one or two more behind what stands in order already."""
        placed = sorted((tile for tile in ranking.tiles if tile.place is not None), key=lambda tile: tile.place or 0)
        free = [tile for tile in ranking.tiles if tile.place is None]
        for tile in self.random.sample(free, k=min(len(free), self.random.randint(1, 2))):
            self.driver.tap(key=tile.key)
            placed.append(tile)
        return " ".join(tile.key for tile in placed)

    def _together(self, chosen: list[str], key: str, path: str) -> list[str]:
        """Add one tick: "none of these" stands alone."""
        alone = {choice.value for choice in self._choices(path) if choice.exclusive}
        if key in alone:
            return [key]
        return [*(other for other in chosen if other not in alone), key]

    def _type(self, words: str, pad: TextPad) -> str:
        assert not pad.typed
        for char in words:
            self._write(char)
        view = self.driver.view
        assert isinstance(view, QuestionView)
        assert isinstance(view.answer, TextPad)
        assert view.answer.typed == words, "the pad shows other words than were typed"
        return words

    def _write(self, char: str) -> None:
        """Find the key for a character, on whatever page it is."""
        if char == " ":
            self.driver.tap(key="space")
            return
        for turned in ("", "accents", "letters", "numbers", "letters", "shift", "accents"):
            if turned and self.driver.has(key=turned):
                self.driver.tap(key=turned)
            if self.driver.has(key=char):
                self.driver.tap(key=char)
                return
        message = f"no key for {char!r}"
        raise AssertionError(message)

    def _hand_in(self, wish: Wish, view: ReviewView) -> None:
        assert not view.handing_in
        module = self.walked[-1].partition("/")[0]
        answers = {path: self.answers[path] for path in self.walked if path in self.answers}
        self.done.append(Pressed(wish.consultation, module, wish.language, answers))
        self.walked, self.answers = [], {}
        self.driver.tap(id="onward")
        if wish.mode == "code":
            self.driver.wait_for(lambda: isinstance(self.driver.view, ComebackGivenView), FRAMES_TO_HAND_IN)
            self.shown(self.driver.view)
            self.codes.append(_copied(self.driver.view))
            self.driver.tap(id="onward")
        self.driver.wait_for(lambda: isinstance(self.driver.view, BetweenView | FarewellView), FRAMES_TO_HAND_IN)

    def give_code(self, code: Code) -> None:
        """Touch the pictures and the digits of a code, and go on."""
        for number in code.pictures:
            self._touch_picture(number)
        for digit in code.digits:
            self.driver.tap(key=digit)
        self.driver.tap(id="onward")
        self.driver.wait_for(lambda: not isinstance(self.driver.view, OpeningView), FRAMES_TO_HAND_IN)

    def _practise(self, view: QuestionView) -> None:
        """Try the tiles in turn, as somebody learning does, until one leads on."""
        if isinstance(view.answer, NoteOnly):
            self.driver.tap(id="onward")
            return
        assert isinstance(view.answer, Tiles)
        self.driver.tap(key=self.random.choice(view.answer.tiles).key)
        if isinstance(self.driver.view, QuestionView) and self.driver.view.bars.onward is not None:
            self.driver.tap(id="onward")

    def _path(self) -> str:
        place = self.driver.app.turn.place
        assert isinstance(place, AtQuestion)
        return str(place.path)

    def _form(self) -> Questionnaire:
        opened = self.driver.app.turn.sitting.opened
        assert opened is not None
        return self.forms[opened.consultation.id]

    def _practice(self, path: str) -> bool:
        return any(module.practice and module.name == path.partition("/")[0] for module in self._form().modules)

    def _node(self, path: str) -> object:
        return next(node for node in self._form().nodes if node.name == path.rpartition("/")[2])

    def _choices(self, path: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a tuple of choices, whatever the kind
        return self._form().lists[self._node(path).list_name]  # type: ignore[attr-defined]

    def _skipped(self, path: str) -> str:
        """Return what skipping says: the author's own "I would rather not say" where there is one, else blank."""
        node = self._node(path)
        if not hasattr(node, "list_name"):
            return ""
        return next((choice.value for choice in self._choices(path) if choice.kind == "skip"), "")


def _copied(view: object) -> Code:
    assert isinstance(view, ComebackGivenView)
    return Code(tuple(int(tile.key) for tile in view.pictures), "".join(view.digits))


def is_many(form: Questionnaire, path: str) -> bool:
    """Return whether a question takes several choices, whose order means nothing."""
    return any(isinstance(node, SelectMultiple) and node.name == path.rpartition("/")[2] for node in form.nodes)
