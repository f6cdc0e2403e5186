"""The reply desk: what was suggested, and the notice that answers it.

Rule 1: what somebody wrote is never repeated: `said` and `did` are the lead's own words.
Rule 2: a reply is a notice like any other; the next press carries it, the wing reads it.
Rule 3: nothing is written over: a reply has a name of its own, drawn at random.
Rule 4: English is always there; further languages are given in pairs, said and did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from models import seal
from models.canonical import UnreadableContentError
from models.errors import CentralError
from models.noticeboard import Notice, notice_bytes, read_notice
from models.questionnaire import LanguageTag, Purpose, Questionnaire, SelectOne, read_questionnaire
from sync.central.opened import OpenedStore
from sync.central.results.aggregates import plain_words
from sync.central.results.projection import Said, nodes_by_path

ENGLISH: Final = LanguageTag("en")
SHORT: Final = 8
TITLES: Final[Mapping[LanguageTag, str]] = {
    ENGLISH: "You said, we did",
    LanguageTag("cy"): "Dywedoch chi, gwnaethom ni",
    LanguageTag("pl"): "Wasz głos, nasze działanie",
    LanguageTag("ar"): "قلتم وفعلنا",
}


class ReplyError(CentralError):
    """The engagement lead at the reply desk."""

    number, sentence = 833, "This reply cannot be written: {detail} Nothing was written."


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing said, as the reply desk lists it. `id` is short and enough to name it; `topic` is in English."""

    id: str
    establishment: str
    week: str | None
    purpose: Purpose
    topic: str
    text: str
    language: str
    notice: str | None


def suggestions(store: OpenedStore, questionnaires: Sequence[bytes]) -> tuple[Suggestion, ...]:
    """Return everything said in words or topics: unanswered first, then by week; never by the order handed in."""
    known = {seal.digest(data): read_questionnaire(data) for data in questionnaires}
    listed = [_listed(said, known[said.form]) for said in store.said() if said.form in known]
    return tuple(sorted(listed, key=lambda one: (one.notice is not None, one.week or "", one.id)))


def reply(
    store: OpenedStore,
    short: str,
    *,
    said: Mapping[LanguageTag, str],
    did: Mapping[LanguageTag, str],
    today: date,
    by: str,
    notices: Path,
    establishments: Sequence[str] = (),
) -> Notice:
    """Write the notice that answers one suggestion into a folder of notices and return it.

    `said` and `did` by language, both with English; `by` is a role. `notices` is `content/notices`, or the folder of
    the suggestion's establishment where content is kept by establishment (`establishments` names the known codes).
    Raises ReplyError: no such suggestion, already answered, a language without its pair, or words that cannot stand.
    """
    found = [one for one in store.said() if one.id.hex().startswith(short.lower())] if short else []
    if len(found) != 1:
        raise ReplyError(detail=f"{len(found)} suggestions are named {short!r}.")
    one = found[0]
    if one.notice is not None:
        raise ReplyError(detail=f"{short} was answered already, by {one.notice}.")
    if set(said) != set(did) or ENGLISH not in said:
        raise ReplyError(detail="say both what was said and what was done, in English and in each further language.")
    if any(one.text.strip() and one.text.strip().casefold() in words.casefold() for words in said.values()):
        raise ReplyError(detail="it repeats what the person wrote; say it in your own words.")
    named = f"reply-{seal.random_bytes(6).hex()}"
    title = {tag: words for tag, words in TITLES.items() if tag in said}
    notice = Notice(named, "what-changed", today, title, dict(did), dict(said), dict(did), by)
    data = notice_bytes(notice)
    try:
        read_notice(data)
    except UnreadableContentError as blank:
        raise ReplyError(detail=f"{blank.detail}.") from blank
    folder = notices
    if any((notices.parent / code).is_dir() for code in establishments):
        folder = notices.parent / one.establishment / notices.name
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{named}.json").open("xb") as file:
        file.write(data)
    store.answered(one.id, named)
    return notice


def _listed(said: Said, questionnaire: Questionnaire) -> Suggestion:
    return Suggestion(
        id=said.id.hex()[:SHORT],
        establishment=said.establishment,
        week=said.week,
        purpose=questionnaire.purpose,
        topic=_topic(questionnaire, said.topic),
        text=said.text,
        language=said.language,
        notice=said.notice,
    )


def _topic(questionnaire: Questionnaire, value: str) -> str:
    """Return the words of the choice that stands for the topic."""
    for node in nodes_by_path(questionnaire).values():
        if isinstance(node, SelectOne):
            for choice in questionnaire.lists[node.list_name]:
                if choice.value == value:
                    return plain_words(questionnaire, choice.words)
    return value
