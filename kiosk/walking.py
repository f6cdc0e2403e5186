"""Steps through a questionnaire and back: which stop comes next, where a part ends, what is handed in.

Rule 1: a sitting in, a sitting out; nothing is changed and nothing is kept.
Rule 2: a text box that may not be open here is left out of the walk, of the review and of what is handed in.
Rule 3: stops are asked of the sheet as it stands: an answer that takes its own question away is followed by the next.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from kiosk.places import (
    AtQuestion,
    Between,
    Home,
    ReadToMe,
    Review,
)
from kiosk.sitting import Opened, Shelf, Sitting, farewell, goes, sheet_of, wiped
from kiosk.voting import Poll
from models.answers import AnswerSheet, FinishedAnswers, begin
from models.comeback import ComeBack
from models.consultation import text_allowed
from models.questionnaire import (
    LanguageTag,
    Module,
    ModuleName,
    Path,
    Text,
)
from models.routing import open_route


def back_again(sitting: Sitting) -> Sitting:
    """Return from an aside; without one, to Home."""
    if not sitting.behind:
        return goes(sitting, Home())
    return _settled(replace(sitting, place=sitting.behind[-1], behind=sitting.behind[:-1]))


def in_language(
    sitting: Sitting,
    tag: LanguageTag,
    direction: Literal["ltr", "rtl"],
    shelf: Shelf | None,
    *,
    heard: bool = False,
    poll: Poll | None = None,
) -> Sitting:
    """Return the turn in a language: begun if nobody was here, else back in its place with every answer kept.

    `heard`: this language can be spoken here, so that a turn begins with the question whether it shall be. `poll`: the
    one that is open here.
    """
    if not sitting.behind:
        first = ReadToMe() if heard else Home()
        return replace(wiped(), place=first, language=tag, direction=direction, shelf=shelf, poll=poll)
    sheet = None if sitting.sheet is None else sitting.sheet.in_language(tag)
    return back_again(replace(sitting, language=tag, direction=direction, sheet=sheet))


def _settled(sitting: Sitting) -> Sitting:
    """A text box may be closed in a language chosen meanwhile: then the walk goes on from the question after it."""
    place = sitting.place
    if not isinstance(place, AtQuestion) or sitting.sheet is None or place.path in walk(sitting):
        return sitting
    every = [stop.path for stop in sitting.sheet.stops(_module(sitting))]
    kept = set(walk(sitting))
    later = [path for path in every[every.index(place.path) :] if path in kept] if place.path in every else []
    return goes(sitting, AtQuestion(later[0]) if later else Review())


def take_up(sitting: Sitting, opened: Opened, day: date, seed: int, comeback: ComeBack | None = None) -> Sitting:
    """Return the sitting at the first question of a consultation, with an empty sheet; unchanged if it asks nothing."""
    sheet = begin(open_route(opened.questionnaire), _language(sitting), day, seed)
    fresh = replace(_without_answers(sitting), opened=opened, sheet=sheet, entrance=sitting.place, comeback=comeback)
    for module in sheet.modules():
        there = replace(fresh, module=module.name)
        if walk(there):
            return goes(there, AtQuestion(walk(there)[0]))
    return sitting


def put_down(sitting: Sitting) -> Sitting:
    """Return to where the consultation was chosen; its sheet is dropped."""
    return _without_answers(goes(sitting, sitting.entrance or Home()))


def _without_answers(sitting: Sitting) -> Sitting:
    none = wiped()
    return replace(
        sitting,
        opened=none.opened,
        sheet=none.sheet,
        module=none.module,
        entrance=none.entrance,
        parts=none.parts,
        earlier=none.earlier,
        comeback=none.comeback,
        mode=none.mode,
        reply=none.reply,
        announced=none.announced,
    )


def _language(sitting: Sitting) -> LanguageTag:
    return sitting.language or LanguageTag("en")


def _module(sitting: Sitting) -> ModuleName:
    if sitting.module is None:
        msg = "no questionnaire is open"
        raise RuntimeError(msg)
    return sitting.module


def part(sitting: Sitting) -> Module:
    """Return the module that is being walked."""
    return next(module for module in sheet_of(sitting).modules() if module.name == sitting.module)


def text_open(sitting: Sitting) -> bool:
    """Return whether a text box may stand here, in this language, for this consultation."""
    place = None if sitting.shelf is None else sitting.shelf.place
    if place is None or sitting.opened is None:
        return False
    return text_allowed(sitting.opened.consultation, place, _language(sitting))


def walk(sitting: Sitting) -> tuple[Path, ...]:
    """Return the stops of the part, in order, as they stand with the answers so far."""
    sheet = sheet_of(sitting)
    stops = tuple(stop.path for stop in sheet.stops(_module(sitting)))
    if text_open(sitting):
        return stops
    return tuple(path for path in stops if not isinstance(sheet.question(path), Text))


def onward(sitting: Sitting) -> Sitting:
    """Return the sitting after the question it stands at: back in review, at the next stop, or at the part's end."""
    place = _at_question(sitting)
    if place.to_review:
        return _within(sitting, place.path, forward=True)
    stops = walk(sitting)
    following = stops[stops.index(place.path) + 1 :] if place.path in stops else ()
    if following:
        return goes(sitting, AtQuestion(following[0]))
    return past_practice(sitting) if part(sitting).practice else goes(sitting, Review())


def instance_around(path: Path) -> Path | None:
    """Return the innermost instance of a repeat in which a stop stands, or None."""
    around, found, _ = path.rpartition("]/")
    return Path(f"{around}]") if found else None


def series_of(instance: Path) -> Path:
    """Return the repeat to which an instance belongs."""
    return Path(instance.rpartition("[")[0])


def answered(sitting: Sitting, sheet: AnswerSheet) -> Sitting:
    """Return the sitting with this sheet; where the answer took its own instance away, at the stop that followed."""
    place, fresh = _at_question(sitting), replace(sitting, sheet=sheet)
    if _stands(sheet, place.path):
        return fresh
    before, kept = walk(sitting), set(walk(fresh))
    later = [path for path in before[before.index(place.path) :] if path in kept] if place.path in before else []
    return goes(fresh, AtQuestion(later[0], to_review=place.to_review) if later else Review())


def _stands(sheet: AnswerSheet, path: Path) -> bool:
    instance = instance_around(path)
    if instance is None:
        return True
    return _stands(sheet, series_of(instance)) and instance in sheet.instances(series_of(instance))


def _within(sitting: Sitting, path: Path, *, forward: bool) -> Sitting:
    """Back to the review; from inside a repeat, first through the rest of the instance and past "one more?"."""
    instance, stops = instance_around(path), walk(sitting)
    if instance is None or path not in stops:
        return goes(sitting, Review())
    at = stops.index(path)
    inside = [stop for stop in (stops[at + 1 :] if forward else stops[:at]) if stop.startswith(f"{instance}/")]
    if inside:
        return goes(sitting, AtQuestion(inside[0 if forward else -1], to_review=True))
    if series_of(instance) in stops and forward:
        return goes(sitting, AtQuestion(series_of(instance), to_review=True))
    return goes(sitting, Review())


def past_practice(sitting: Sitting) -> Sitting:
    """Return the sitting at the first question that counts; where there is none, back at the entrance."""
    module = next_part(sitting)
    return put_down(sitting) if module is None else enter(sitting, module)


def next_part(sitting: Sitting) -> ModuleName | None:
    """Return the next module that asks anything, or None."""
    modules = [module.name for module in sheet_of(sitting).modules()]
    later = modules[modules.index(_module(sitting)) + 1 :]
    return next((name for name in later if walk(replace(sitting, module=name))), None)


def enter(sitting: Sitting, module: ModuleName) -> Sitting:
    """Return the sitting at the first stop of a part."""
    there = replace(sitting, module=module)
    return goes(there, AtQuestion(walk(there)[0]))


def backward(sitting: Sitting) -> Sitting:
    """Return the sitting one stop earlier; answers are kept. From the very first stop, back to the entrance."""
    place = _at_question(sitting)
    if place.to_review:
        return _within(sitting, place.path, forward=False)
    stops = walk(sitting)
    at = stops.index(place.path) if place.path in stops else 0
    if at > 0:
        return goes(sitting, AtQuestion(stops[at - 1]))
    if sitting.parts > sitting.earlier:
        return goes(sitting, Between())
    earlier = None if sitting.earlier else _practice_before(sitting)
    if earlier is None:
        return put_down(sitting)
    there = replace(sitting, module=earlier)
    return goes(there, AtQuestion(walk(there)[-1]))


def _practice_before(sitting: Sitting) -> ModuleName | None:
    modules = sheet_of(sitting).modules()
    earlier = modules[: [module.name for module in modules].index(_module(sitting))]
    asked = [module.name for module in earlier if module.practice and walk(replace(sitting, module=module.name))]
    return asked[-1] if asked else None


def _at_question(sitting: Sitting) -> AtQuestion:
    if not isinstance(sitting.place, AtQuestion):
        msg = "the sitting stands at no question"
        raise RuntimeError(msg)  # noqa: TRY004 - a mistake of our own, whatever its kind
    return sitting.place


def last_question(sitting: Sitting) -> Sitting:
    """Return the sitting at the last stop of its part, as Back from the review."""
    return goes(sitting, AtQuestion(walk(sitting)[-1]))


def finished(sitting: Sitting) -> FinishedAnswers:
    """Return the part's answers made final; a text box that was not open here was not presented."""
    stops = {stop.path for stop in sheet_of(sitting).stops(_module(sitting))}
    return sheet_of(sitting).finish(_module(sitting), frozenset(stops - set(walk(sitting))))


def handed_in(sitting: Sitting) -> Sitting:
    """Return the sitting after its part was stored: between two parts, or wiped and at the farewell."""
    done = replace(sitting, parts=sitting.parts + 1)
    if next_part(sitting) is not None:
        return goes(done, Between())
    return farewell(done)
