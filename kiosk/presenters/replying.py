"""What reply codes mean for a turn: who gets one, what is handed in with it, and where it leads later.

Rule 1: whoever wants a reply copies the code down before anything is handed in, so that they may still go back.
Rule 2: the record carries the public half of the code's key; the code itself is in the sitting alone.
Rule 3: a wrong code, an unknown one and one that nobody has answered yet lead to the same words.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.places import CodeDigits, CodeGiven, CodePictures, ReplyShown
from kiosk.presenters.comeback import waited
from kiosk.presenters.touching import Turning
from kiosk.sitting import Sitting, goes
from kiosk.writing import is_suggestion
from models.comeback import Code, ReplyCode
from models.questionnaire import Purpose
from models.reply import Reply


def wants_code(sitting: Sitting) -> bool:
    """Return whether what is being filled in is to be answered by code."""
    return is_suggestion(sitting) and sitting.mode == "code"


def give_code(turn: Turning) -> None:
    """Show the code with which the reply will be read; the one already shown, where somebody went back."""
    if turn.sitting.reply is not None:
        turn.move(goes(turn.sitting, CodeGiven("reply")))
        return

    def given(sitting: Sitting, code: ReplyCode) -> Sitting:
        return replace(sitting, place=CodeGiven("reply"), reply=code)

    waited(turn, turn.doors.new_reply_code, given)


def may_hold_code(turn: Turning) -> bool:
    """Return whether anybody here may have a reply code: somebody was answered, or suggestions are open."""
    shelf = turn.shelf()
    if shelf is None:
        return False
    purposes = {opened.questionnaire.purpose for opened in shelf.consultations}
    return shelf.has_replies or Purpose.SUGGESTION in purposes


def ask_reply_code(turn: Turning) -> None:
    """Ask for a reply code; Back leads to where somebody said that they have one."""
    sitting = turn.sitting
    turn.move(replace(goes(sitting, CodePictures(None)), entrance=sitting.place))


def look_for_reply(turn: Turning, place: CodeDigits) -> None:
    """Open the reply that the whole code leads to, or say that there is none yet."""
    code = Code(place.pictures, place.digits)

    def found(sitting: Sitting, reply: Reply | None) -> Sitting:
        return goes(sitting, replace(place, trouble="no reply") if reply is None else ReplyShown(reply))

    waited(turn, lambda then: turn.doors.reply_to(code, then), found)
