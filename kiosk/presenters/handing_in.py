"""Handing in: words of risk are looked for in memory, then the record is made final and given to be sealed.

Rule 1: nothing is dropped, rewritten or held back: whatever is found, what was handed in is handed in as it is.
Rule 2: where somebody may come to harm, the record is given to be sealed and the alert goes out at once, before anybody
    is shown who can help: whoever walks away then, touches Stop or pulls the plug changes nothing.
Rule 3: an alert names a queue and nothing else; it goes out only where a queue is declared, once a handing in.
Rule 4: where staff may have done wrong, the wing's own queue is told nothing; danger goes to the duty governor's.
Rule 5: a name is asked about before anything is handed in, and only where nothing is urgent.
Source: domain.md section 9, points 4 to 9; docs/decisions/0017-danger-is-handed-in-first.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.places import HelpNow, NamesFound, Review
from kiosk.presenters.doors import Alert
from kiosk.presenters.replying import wants_code
from kiosk.presenters.touching import Turning
from kiosk.sitting import Sitting, aside, goes, opened_of
from kiosk.walking import finished, handed_in
from kiosk.writing import is_suggestion, typed
from models.errors import WingVoiceError
from models.questionnaire import Purpose
from models.record import make_record
from models.risk import Signs, check


def ask_to_hand_in(turn: Turning) -> None:
    """Hand in; first ask about a name, unless somebody may come to harm."""
    signs = _signs(turn)
    if signs.urgent:
        queue = _queue(turn, signs)
        hand_in(turn, _helped)
        if queue is not None:
            turn.doors.alert(queue)
    elif signs.identifies and opened_of(turn.sitting).questionnaire.purpose is not Purpose.SIGN_UP:
        turn.move(goes(turn.sitting, NamesFound()))
    else:
        hand_in(turn)


def hand_in(turn: Turning, after: Callable[[Sitting], Sitting] = handed_in) -> None:
    """Make the record final and give it to be sealed; until it is stored a page says so, and nothing can be touched.

    `after` gives the sitting that follows from the one that was handed in.
    """
    sitting, opened = turn.sitting, opened_of(turn.sitting)
    record = make_record(
        finished(sitting),
        opened.questionnaire.purpose,
        opened.form,
        opened.consultation.notice_version,
        mode=(sitting.mode or "anonymous") if is_suggestion(sitting) else None,
        link=None if sitting.comeback is None else sitting.comeback.link,
        reply=sitting.reply.public if wants_code(sitting) and sitting.reply is not None else None,
    )
    errand = turn.errand()
    turn.move(replace(sitting, place=Review(handing_in=True), behind=(), asking=False))

    def then(error: WingVoiceError | None) -> None:
        if error is not None:
            turn.fail(error)
        elif turn.current(errand):
            turn.arrive(after(turn.sitting))

    turn.doors.hand_in(record, opened, then)


def _helped(sitting: Sitting) -> Sitting:
    """Who can help now, over where handing in leads."""
    return aside(handed_in(sitting), HelpNow())


def _signs(turn: Turning) -> Signs:
    """Return what the words may be about; each text box is looked at by itself."""
    lists = turn.doors.risk_lists()
    every = [check(text, lists).classes for text in typed(turn.sitting)]
    return Signs(frozenset().union(*every))


def _queue(turn: Turning, signs: Signs) -> Alert | None:
    """Return which queue is told; None where none is declared for this place."""
    place = None if turn.sitting.shelf is None else turn.sitting.shelf.place
    if place is None or place.queue is None:
        return None
    return "duty-governor" if signs.about_staff else "wing"
