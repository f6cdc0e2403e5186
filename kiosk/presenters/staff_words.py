"""What a round and its faults tell staff, in the words of the kiosk's catalogues.

Rule 1: every sentence that sync or an error may tell a kiosk's staff stands here once, under its English.
Rule 2: a sentence that does not stand here is said in English: never a blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from kiosk.presenters.day import month_of
from kiosk.presenters.shown import Phrase, Said
from kiosk.presenters.touching import Turning, phrased
from sync.told import Told

_ROUND: Final = (
    Phrase("round", "Looking for receipts"),
    Phrase("round", "Looking for new content"),
    Phrase("round", "Making parcels ready"),
    Phrase("round", "Carrying parcels"),
    Phrase("round", "Parcels carried: {at} of {of}"),
    Phrase("round", "Done"),
    Phrase("round", "Nothing is ready to leave yet. Answers wait until there are enough to travel together."),
    Phrase("round", "What was sent is not confirmed yet. Nothing is lost; the kiosk goes on trying."),
    Phrase(
        "round",
        "Central was asked to take this kiosk in; that is not confirmed yet."
        " Read the kiosk's 24 digits to somebody at central.",
    ),
    Phrase("round", "You can take the stick out."),
    Phrase("round", "Central takes no parcels from this kiosk just now. Answers are safe here. Please call support."),
    Phrase("round", "Central must be updated first. Nothing is lost, and answers wait here."),
    Phrase("round", "Central could not use a parcel. Answers are safe here. Please call support."),
    Phrase("round", "Central has lost answers it had confirmed: {lost}. Please call support."),
    Phrase("round", "Central and this kiosk do not agree on what was sent before."),
    Phrase("round", "Central holds more than this kiosk knows. It was put back from a copy."),
    Phrase("round", "Sent 1 parcel, and central has confirmed."),
    Phrase("round", "Parcels sent: {count}. Central has confirmed them all."),
    Phrase("round", "Parcels sent: {count}."),
    Phrase("round", "1 parcel on the stick: bring it to central. Not confirmed yet; nothing is lost."),
    Phrase("round", "Parcels on the stick: {count}. Bring them to central. Not confirmed yet; nothing is lost."),
    Phrase("round", "What central sent back was taken in."),
    Phrase("round", "Central has taken this kiosk in, at {place}."),
    Phrase("round", "New content was installed: bundle {number}."),
    Phrase("round", "The content here is the newest that came: bundle {number}."),
)
_CONTENT: Final = (
    Phrase("fault", "This content cannot be used. Nothing was changed."),
    Phrase("fault", "A questionnaire cannot be read ({detail}). Nothing was changed."),
    Phrase("fault", "A part of this content cannot be read ({detail}). Nothing was changed."),
    Phrase("fault", "There is nothing for this kiosk on the stick."),
    Phrase("fault", "A file on the stick is damaged or was changed. Nothing was changed. Please use another stick."),
    Phrase("fault", "This content does not come from our press. Nothing was changed. Keep the stick and call support."),
    Phrase(
        "fault", "The files on this stick do not belong together. Nothing was changed. Ask for it to be written again."
    ),
    Phrase(
        "fault",
        "This stick holds older content than the kiosk already has. Nothing was changed. Ask for a newer stick.",
    ),
    Phrase("fault", "Bundle {offered} is older than bundle {held}, which is installed."),
    Phrase("fault", "This content is for another place. Nothing was changed."),
    Phrase("fault", "This content is out of date. You can still use it with your PIN."),
    Phrase("fault", "This update is out of date and cannot be used."),
    Phrase("fault", "The election {label} cannot be used ({detail}). Nothing was changed. Call the returning officer."),
    Phrase(
        "fault",
        "The box of an election is open here. The new content does not hold this election. Nothing was changed."
        " Close the box first. Call the returning officer.",
    ),
    Phrase("fault", "One consultation uses a key this kiosk does not know. Nothing was changed. Call support."),
    Phrase("fault", "This stick has files that do not belong here. Nothing was changed. Use a clean stick."),
    Phrase("fault", "There is too little room. Nothing was changed. Answers are safe. Call support."),
    Phrase("fault", "This content needs a newer program. Install the update first. Nothing was changed."),
    Phrase("fault", "This kiosk has been taken out of service by central."),
)
_ROAD: Final = (
    Phrase("fault", "The road to central is closed just now. Answers are safe and wait here."),
    Phrase("fault", "There is nothing for this kiosk on this road."),
    Phrase("fault", "What came back is too large to be from central. Nothing was changed."),
    Phrase("fault", "This road is not one to send answers on: {detail}"),
    Phrase("fault", "The stick is not there any more. Nothing is lost. Put a stick in and try again."),
    Phrase("fault", "The stick is full. {fitted} of {of} parcels fitted. Bring it to central and come back."),
)
_HERE: Final = (
    Phrase("fault", "Something went wrong."),
    Phrase("fault", "This kiosk cannot open its store. Please call staff."),
    Phrase("fault", "This kiosk has no store here: {missing} is missing. It must be enrolled, or its files put back."),
    Phrase("fault", "The key does not fit this kiosk's store. Nothing was changed."),
    Phrase("fault", "This kiosk's store is damaged. It was left as it is. Please call support."),
    Phrase("fault", "There is no room left on this kiosk. Answers already given are safe. Please call support."),
    Phrase("fault", "This kiosk's store is open in another program. Close that one first."),
    Phrase(
        "fault", "This kiosk's store was made by a newer program. It was left as it is. Install that program again."
    ),
    Phrase("fault", "These keys are kept by {kept}, not by {asked}. Nothing was changed."),
    Phrase("fault", "This does not open."),
    Phrase("fault", "A parcel cannot be read ({detail})."),
)
SENTENCES: Final[Mapping[str, Phrase]] = {phrase.msgid: phrase for phrase in (*_ROUND, *_CONTENT, *_ROAD, *_HERE)}


def said_to_staff(turn: Turning, one: Told) -> Said:
    """Return a sentence in the language of the moment."""
    phrase = SENTENCES.get(one.sentence)
    if phrase is None:
        return Said(str(one), "en", "ltr")
    return phrased(turn, phrase, **dict(one.facts))


def all_said(turn: Turning, sentences: Iterable[Told]) -> Said | None:
    """Return sentences one after another as one; None where there are none."""
    said = [said_to_staff(turn, one) for one in sentences]
    if not said:
        return None
    return Said(" ".join(dict.fromkeys(one.text for one in said)), said[0].tag, said[0].direction)


def day_said(turn: Turning, day: date) -> Said:
    """Return a day in words."""
    return phrased(turn, month_of(day), day=day.day, year=day.year)
