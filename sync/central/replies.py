"""The reply desk: what was suggested, the notice that answers it, and the reply for whoever holds its code.

Rule 1: what somebody wrote is never repeated: `said`, `did` and `answer` are the lead's own words.
Rule 2: `said` and `did` make a notice like any other, which the wing reads; `answer` is sealed to the code that came
    with the suggestion, and nobody but its holder reads it. The next press carries both.
Rule 3: nothing is written over, and nobody is answered twice; names are drawn at random.
Rule 4: English is always there; further languages of a notice are given in pairs, said and did.
Rule 5: all of it is checked before any of it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from models import seal
from models.canonical import UnreadableContentError
from models.errors import CentralError, SealError
from models.noticeboard import Notice, notice_bytes, read_notice
from models.questionnaire import LanguageTag, Purpose, Questionnaire, SelectOne, read_questionnaire
from models.reply import REPLY_LIMIT_BYTES, Reply, read_reply, reply_bytes
from sync.central import sealed_replies
from sync.central.opened import OpenedStore
from sync.central.results.aggregates import plain_words
from sync.central.results.projection import Said, nodes_by_path

ENGLISH: Final = LanguageTag("en")
SHORT: Final = 8
KEEP_DAYS: Final = 90
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
    """One thing said, as the reply desk lists it. `id` is short and enough to name it; `topic` is in English.

    `by_code`: its author holds a code, and reads `language`; `replied`: they were answered by it.
    """

    id: str
    establishment: str
    week: str | None
    purpose: Purpose
    topic: str
    text: str
    language: str
    notice: str | None
    by_code: bool
    replied: bool

    @property
    def done(self) -> bool:
        """Whether nobody waits for an answer any more."""
        return self.replied if self.by_code else self.notice is not None


def suggestions(store: OpenedStore, questionnaires: Sequence[bytes]) -> tuple[Suggestion, ...]:
    """Return everything said in words or topics: unanswered first, then by week; never by the order handed in."""
    known = {seal.digest(data): read_questionnaire(data) for data in questionnaires}
    listed = [_listed(said, known[said.form]) for said in store.said() if said.form in known]
    return tuple(sorted(listed, key=lambda one: (one.done, one.week or "", one.id)))


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
    answer: Mapping[LanguageTag, str] | None = None,
    keep_days: int = KEEP_DAYS,
) -> Notice | None:
    """Write what answers one suggestion into the content folders; return the notice, where there is one.

    `said` and `did` by language, both with English, for the noticeboard; `answer` by language, with English, for the
    holder of the code, carried `keep_days` days. `by` is a role. `notices` is `content/notices`, or the folder of
    the suggestion's establishment where content is kept by establishment (`establishments` names the known codes);
    sealed replies lie beside it.
    Raises ReplyError: no such suggestion, already answered, no code, a language without its pair, or words that cannot
    stand.
    """
    one = _named(store, short)
    notice = _notice(one, short, said, did, today, by) if said or did or not answer else None
    sealed = _sealed(one, short, answer, today, by) if answer else None
    folder = notices
    if any((notices.parent / code).is_dir() for code in establishments):
        folder = notices.parent / one.establishment / notices.name
    if notice is not None:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{notice.id}.json").open("xb") as file:
            file.write(notice_bytes(notice))
        store.answered(one.id, notice.id)
    if sealed is not None and one.reply is not None:
        sealed_replies.lay_ready(folder.parent / sealed_replies.FOLDER, sealed, today + timedelta(days=keep_days))
        store.replied(one.reply)
    return notice


def _named(store: OpenedStore, short: str) -> Said:
    found = [one for one in store.said() if one.id.hex().startswith(short.lower())] if short else []
    if len(found) != 1:
        raise ReplyError(detail=f"{len(found)} suggestions are named {short!r}.")
    return found[0]


def _notice(
    one: Said, short: str, said: Mapping[LanguageTag, str], did: Mapping[LanguageTag, str], today: date, by: str
) -> Notice:
    if one.notice is not None:
        raise ReplyError(detail=f"{short} was answered already, by {one.notice}.")
    if set(said) != set(did) or ENGLISH not in said:
        raise ReplyError(detail="say both what was said and what was done, in English and in each further language.")
    _check_own_words(one, said.values())
    title = {tag: words for tag, words in TITLES.items() if tag in said}
    named = f"reply-{seal.random_bytes(6).hex()}"
    notice = Notice(named, "what-changed", today, title, dict(did), dict(said), dict(did), by)
    try:
        return read_notice(notice_bytes(notice))
    except UnreadableContentError as blank:
        raise ReplyError(detail=f"{blank.detail}.") from blank


def _sealed(one: Said, short: str, answer: Mapping[LanguageTag, str], today: date, by: str) -> bytes:
    if one.reply is None:
        raise ReplyError(detail=f"{short} came without a reply code: only the noticeboard can answer it.")
    if one.replied:
        raise ReplyError(detail=f"{short} was replied to already, and there is one reply a code.")
    _check_own_words(one, answer.values())
    body = reply_bytes(Reply(answer, by, today))
    try:
        read_reply(body)
        return seal.seal_reply(body, one.reply, one.establishment)
    except UnreadableContentError as wrong:
        raise ReplyError(detail=f"{wrong.detail} (all languages together: {REPLY_LIMIT_BYTES} bytes).") from wrong
    except SealError as wrong:
        raise ReplyError(detail=f"the code that came with {short} is none.") from wrong


def _check_own_words(one: Said, written: Iterable[str]) -> None:
    """Refuse words that repeat what the person wrote: whoever knows them would know who is answered."""
    if any(one.text.strip() and one.text.strip().casefold() in words.casefold() for words in written):
        raise ReplyError(detail="it repeats what the person wrote; say it in your own words.")


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
        by_code=said.reply is not None,
        replied=said.replied,
    )


def _topic(questionnaire: Questionnaire, value: str) -> str:
    """Return the words of the choice that stands for the topic."""
    for node in nodes_by_path(questionnaire).values():
        if isinstance(node, SelectOne):
            for choice in questionnaire.lists[node.list_name]:
                if choice.value == value:
                    return plain_words(questionnaire, choice.words)
    return value
