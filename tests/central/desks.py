"""Builders for central's desks: a ceremony held once, a content folder, sealed answers, a ledger that holds them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from models import seal
from models.canonical import canonical_json
from models.questionnaire import LanguageTag, ModuleName, Purpose, read_questionnaire
from models.questionnaire import Path as Question
from models.record import ReadRecord, Record, record_body
from models.shelf import CampaignKey
from sync.central.ceremony import hold_ceremony
from sync.central.keychest import Chest
from sync.central.ledger import KioskRow, Ledger, RecordRow
from sync.central.repository import Repository

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
PASSPHRASE = "three tokens in three places"  # noqa: S105 - opens nothing but what tests make
CODE, WING, CAMPAIGN = "HMX", "a-wing", "first"
EN = LanguageTag("en")


@cache
def _held(*, another: bool) -> Path:
    """Hold a ceremony once for all tests: ten locked keys take a second and a half. `another` is a second central."""
    del another
    home = Path(mkdtemp(prefix="wingvoice-test-"))
    hold_ceremony(home, [CODE, "OTH"], NOW, passphrase=PASSPHRASE, campaigns=[CAMPAIGN])
    return home


def a_home(folder: Path, *, another: bool = False) -> Path:
    """Return a central of its own with its ceremony held: HMX and OTH, one campaign."""
    home = folder / "central"
    shutil.copytree(_held(another=another), home)
    return home


def a_questionnaire(**changes: object) -> dict[str, Any]:
    """Return a small survey as JSON: yes or no, then why for those who said yes, then a scale."""
    form: dict[str, Any] = {
        "format": 1,
        "id": "wing-life",
        "version": "2026-11",
        "purpose": "survey",
        "title": "t:title",
        "default_language": "en",
        "order": "fixed",
        "rights": {"licence": "own", "attribution": "Wing Voice", "source_url": ""},
        "languages": [{"tag": "en", "name": "English", "direction": "ltr", "checked": True, "sound": "none"}],
        "modules": [{"name": "m1", "title": "t:m1", "first": 1, "last": 4, "seconds": 60}],
        "blocks": [],
        "draws": {},
        "nodes": [
            {"kind": "root", "name": "data", "row": 0},
            {"kind": "module", "name": "m1", "parent": 0, "row": 2, "words": "t:m1"},
            {"kind": "select_one", "name": "talk", "parent": 1, "row": 3, "words": "t:talk", "list": "yesno"},
            {
                "kind": "select_multiple",
                "name": "where",
                "parent": 1,
                "row": 4,
                "words": "t:where",
                "list": "places",
                "relevant": ["op", "=", ["ref", 2], ["text", "yes"]],
            },
            {
                "kind": "range",
                "name": "calm",
                "parent": 1,
                "row": 5,
                "words": "t:calm",
                "range": {"start": "1", "end": "5", "step": "1"},
            },
        ],
        "lists": {
            "yesno": [
                {"value": "yes", "words": "c:yes"},
                {"value": "no", "words": "c:no"},
                {"value": "pns", "words": "c:pns", "kind": "skip"},
            ],
            "places": [{"value": "gym", "words": "c:gym"}, {"value": "yard", "words": "c:yard"}],
        },
        "scales": {},
        "actions": [],
        "words": {
            "en": {
                "t:title": ["Life on the wing"],
                "t:m1": ["Talking"],
                "t:talk": ["Do you talk with staff?"],
                "t:where": ["Where?"],
                "t:calm": ["How calm is the wing?"],
                "c:yes": ["Yes"],
                "c:no": ["No"],
                "c:pns": ["Prefer not to say"],
                "c:gym": ["Gym"],
                "c:yard": ["Yard"],
            }
        },
        "sound": {},
        "pictures": {},
        "media": {},
    }
    return form | changes


def a_suggestion_form() -> dict[str, Any]:
    """Return a suggestion form as JSON: topic first, words last."""
    survey = a_questionnaire()
    return survey | {
        "id": "suggestion",
        "purpose": "suggestion",
        "modules": [{"name": "m1", "title": "t:m1", "first": 1, "last": 3, "seconds": 60}],
        "nodes": [
            *survey["nodes"][:2],
            {"kind": "select_one", "name": "topic", "parent": 1, "row": 3, "words": "t:talk", "list": "topics"},
            {"kind": "text", "name": "idea", "parent": 1, "row": 4, "words": "t:where"},
        ],
        "lists": {"topics": [{"value": "food", "words": "c:gym"}, {"value": "yard", "words": "c:yard"}]},
        "words": {
            "en": {
                "t:title": ["Suggestions"],
                "t:m1": ["Your idea"],
                "t:talk": ["What is it about?"],
                "t:where": ["Your idea in your words"],
                "c:gym": ["Food"],
                "c:yard": ["Yard"],
            }
        },
    }


SURVEY = canonical_json(a_questionnaire())
SUGGESTION = canonical_json(a_suggestion_form())

CONSULTATION = """
id = "wing-life-autumn"
questionnaire = "wing-life"
campaign = "first"
wings = ["a-wing"]
opens = 2026-11-01
closes = 2026-12-31
level = "consult"
form = "individual"
owner = "Head of residence"
answer_by = 2027-01-31
min_own = 0
notice_version = "1"
[limits]
en = "Cell sizes cannot change."
[free_text]
policy = "none"
longest_wait_days = 0
who_reads = {}
"""

PLACE = """
wing = "a-wing"
kind = "wing"
languages = ["en"]
ask_after_s = 60
wait_s = 30
helpers = []
[names]
en = "A wing"
"""

NOTICE = """
id = "showers"
kind = "what-changed"
day = 2026-11-10
by = "Head of residence"
[title]
en = "Showers"
[body]
en = "The showers open at seven now."
"""


def a_content(folder: Path, **files: str | bytes | None) -> Path:
    """Return a content folder for HMX; `files` are "kind__name" with a dot for a further "__", None leaves one out."""
    content = folder / "content"
    standing: Mapping[str, str | bytes | None] = {
        "questionnaires/wing-life.json": SURVEY,
        "consultations/wing-life-autumn.toml": CONSULTATION,
        "place/a-wing.toml": PLACE,
        "notices/showers.toml": NOTICE,
    }
    named = {name.replace("__", "/", 1).replace("__", "."): data for name, data in files.items()}
    for name, data in {**standing, **named}.items():
        path = content / CODE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if data is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(data.encode() if isinstance(data, str) else data)
    return content


def a_campaign(home: Path) -> tuple[CampaignKey, bytes]:
    """Return the campaign's public key as it is signed, and its private half."""
    return Repository(home).lists().campaigns[0], Chest(home).campaign_private(CAMPAIGN, PASSPHRASE)


def a_sealed(
    campaign: CampaignKey,
    answers: Mapping[str, str],
    form: bytes = SURVEY,
    language: str = "en",
    reply: bytes | None = None,
) -> bytes:
    """Return one sealed sheet of module m1; `reply` is the public half of a reply code."""
    read = ReadRecord(
        module=ModuleName("m1"),
        language=LanguageTag(language),
        blocks=(),
        answers={Question(f"m1/{name}"): text for name, text in answers.items()},
        notice="1",
        channel="kiosk",
        mode=None if reply is None else "code",
        reply=None if reply is None else reply.hex(),
    )
    purpose: Purpose = read_questionnaire(form).purpose
    return seal.seal_record(Record(purpose, seal.digest(form), record_body(read)), campaign.public).sealed


def hold(
    ledger: Ledger,
    sealed: Sequence[bytes],
    *,
    form: bytes = SURVEY,
    kiosk: bytes = bytes(16),
    wing: str = WING,
    establishment: str = CODE,
    day: date = TODAY,
) -> None:
    """Put sealed records into the ledger as if they had come in one batch after what is there."""
    with ledger.writing() as session:
        if session.get(KioskRow, (establishment, kiosk)) is None:
            session.add(KioskRow(establishment=establishment, kiosk=kiosk, wing=wing, revoked_on=None, forked=False))
        first = session.query(RecordRow).filter_by(establishment=establishment, kiosk=kiosk).count() + 1
        for seq, bytes_ in enumerate(sealed, first):
            session.add(
                RecordRow(
                    establishment=establishment,
                    kiosk=kiosk,
                    epoch=1,
                    seq=seq,
                    kind=1,
                    form=seal.digest(form),
                    id=seal.record_id(bytes_),
                    sealed=bytes_,
                    batch_day=(day - date(1970, 1, 1)).days,
                    small=False,
                )
            )


def opens(private: bytes, public: bytes) -> bool:
    """Tell whether the private half opens what is sealed to the public one."""
    sealed = seal.seal_record(Record(Purpose.SURVEY, bytes(32), b"{}"), public)
    return seal.open_record(sealed.sealed, sealed.form, Purpose.SURVEY, private) == b"{}"


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextmanager
def untouched(folder: Path) -> Iterator[None]:
    """Prove that a refusal changed no file."""
    before = tree(folder)
    yield
    assert tree(folder) == before


def suggestions(consultation: str) -> dict[str, str | bytes | None]:
    """Return what `a_content` needs to open the suggestion form as well."""
    return {"questionnaires__suggestion__json": SUGGESTION, "consultations__ideas__toml": consultation}
