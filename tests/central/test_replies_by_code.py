"""A reply by code: central seals it once, in its own words; bundles carry it under no name; only the code opens it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from models import seal
from models.canonical import canonical_json
from models.questionnaire import LanguageTag
from models.reply import Reply, read_reply
from sync.central.ledger import open_ledger
from sync.central.opened import OpenedStore
from sync.central.opening import open_campaign
from sync.central.press import PressError, press
from sync.central.replies import ReplyError, reply, suggestions
from sync.central.repository import Repository
from sync.central.results.projection import Said
from sync.content import REPLIES, REPLY_LIMIT, packed, read_content
from sync.refusals import DamagedDeliveryError
from tests.central import desks

PRIVATE, PUBLIC = seal.new_sealing_pair()
WORDS = "a clock that works in the yard"
PL = LanguageTag("pl")
ANSWER = {desks.EN: "The clock is ordered.", PL: "Zegar jest zamówiony."}
SAID = {"said": {desks.EN: "There is no clock."}, "did": {desks.EN: "One is ordered."}}


def said(number: int, text: str, public: bytes | None, language: str = "en") -> Said:
    form = seal.digest(desks.SUGGESTION)
    return Said(bytes([number]) * 16, "HMX", None, form, "yard", text, language, reply=public)


@pytest.fixture
def store(tmp_path: Path) -> OpenedStore:
    store = OpenedStore(tmp_path / "desk" / "opened.sqlite")
    store.put((), [said(1, WORDS, PUBLIC, "pl"), said(2, "more bread", None), said(3, "", bytes(32))], {})
    return store


def answer(store: OpenedStore, folder: Path, short: str = "0101", **changes: object) -> None:
    facts: dict[str, object] = {"said": {}, "did": {}, "answer": ANSWER, "today": desks.TODAY, "by": "Head of works"}
    reply(store, short, notices=folder / "notices", **(facts | changes))  # type: ignore[arg-type]


def refused(store: OpenedStore, folder: Path, words: str, short: str = "0101", **changes: object) -> None:
    before = desks.tree(folder), store.said()
    with pytest.raises(ReplyError, match=words):
        answer(store, folder, short, **changes)
    assert (desks.tree(folder), store.said()) == before


def a_pack(home: Path) -> bytes:
    return Repository(home).content("HMX")[REPLIES]


# From the record to the desk.


def test_the_public_half_and_the_language_come_with_a_suggestion_that_wants_a_reply(tmp_path: Path) -> None:
    private, public = seal.new_sealing_pair()
    campaign = desks.CampaignKey(desks.CAMPAIGN, seal.key_id(public), public)
    ledger, store = open_ledger(tmp_path / "ledger.db"), OpenedStore(tmp_path / "opened.sqlite")
    idea = {"topic": "yard", "idea": WORDS}
    coded = desks.a_sealed(campaign, idea, desks.SUGGESTION, "pl", PUBLIC)
    silent = desks.a_sealed(campaign, {"topic": "food"}, desks.SUGGESTION, "pl", PUBLIC)
    plain = [desks.a_sealed(campaign, idea, desks.SUGGESTION, "pl") for _ in range(9)]
    desks.hold(ledger, [coded, silent, *plain], form=desks.SUGGESTION)
    survey = [desks.a_sealed(campaign, {"talk": "yes"}, reply=PUBLIC) for _ in range(2)]
    desks.hold(ledger, survey, kiosk=bytes([1]) * 16)
    forms = (desks.SUGGESTION, desks.SURVEY)
    open_campaign(ledger, store, campaign, private, questionnaires=forms, today=desks.TODAY)
    ledger.close()
    wanted = [one for one in store.said() if one.reply is not None]
    assert sorted((one.text, one.topic, one.language) for one in wanted) == [("", "food", "pl"), (WORDS, "yard", "pl")]
    assert {one.reply for one in wanted} == {PUBLIC}
    assert {one.language for one in store.said() if one.reply is None} == {"other"}


def test_a_store_from_before_reply_codes_learns_of_them(tmp_path: Path) -> None:
    path = tmp_path / "opened.sqlite"
    OpenedStore(path)
    with sqlite3.connect(path) as connection:
        for column in ("reply", "replied"):
            connection.execute(f"ALTER TABLE said DROP COLUMN {column}")
        row = (bytes(16), "HMX", None, bytes(32), "yard", WORDS, "en", None)
        connection.execute("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.close()
    (one,) = OpenedStore(path).said()
    assert (one.text, one.reply, one.replied) == (WORDS, None, False)


def test_who_still_waits_is_listed_first(store: OpenedStore, tmp_path: Path) -> None:
    listed = suggestions(store, [desks.SUGGESTION])
    assert [(one.id, one.by_code, one.replied, one.language) for one in listed] == [
        ("01010101", True, False, "pl"),
        ("02020202", False, False, "en"),
        ("03030303", True, False, "en"),
    ]
    answer(store, tmp_path)
    answer(store, tmp_path, "0202", answer={}, **SAID)
    assert [one.id[:2] for one in suggestions(store, [desks.SUGGESTION])] == ["03", "01", "02"]
    assert [one.replied for one in suggestions(store, [desks.SUGGESTION])] == [False, True, False]


# Sealing.


def test_only_the_code_opens_a_reply_and_nothing_outside_says_whose_it_is(store: OpenedStore, tmp_path: Path) -> None:
    home, content = desks.a_home(tmp_path), desks.a_content(tmp_path)
    answer(store, content / "HMX")
    press(home, content, desks.NOW)
    sealed = a_pack(home)
    assert read_reply(seal.open_reply(sealed, PRIVATE, "HMX")) == Reply(ANSWER, "Head of works", desks.TODAY)
    (file,) = (content / "HMX" / "replies").iterdir()
    words = [WORDS, *ANSWER.values(), "Head of works", PUBLIC.hex(), seal.key_id(PUBLIC).hex(), (b"\x01" * 16).hex()]
    for found in (file.read_bytes() + file.name.encode(), sealed):
        assert not [said for said in words if said.encode() in found]
        assert PUBLIC not in found
        assert seal.key_id(PUBLIC) not in found


def test_a_reply_and_a_notice_can_be_given_together(store: OpenedStore, tmp_path: Path) -> None:
    answer(store, tmp_path, **SAID)
    assert len(list((tmp_path / "notices").iterdir())) == len(list((tmp_path / "replies").iterdir())) == 1
    (one,) = [one for one in store.said() if one.reply == PUBLIC]
    assert one.replied
    assert one.notice is not None


def test_where_content_is_kept_by_establishment_a_reply_lies_in_its_own(store: OpenedStore, tmp_path: Path) -> None:
    (tmp_path / "HMX").mkdir()
    answer(store, tmp_path, establishments=["HMX", "OTH"])
    assert len(list((tmp_path / "HMX" / "replies").iterdir())) == 1


def test_nobody_is_replied_to_twice(store: OpenedStore, tmp_path: Path) -> None:
    answer(store, tmp_path)
    refused(store, tmp_path, "already")
    refused(store, tmp_path, "already", **SAID)  # and then no notice is written either
    answer(store, tmp_path, answer={}, **SAID)
    refused(store, tmp_path, "already", answer={}, **SAID)


def test_every_part_of_what_one_person_said_is_answered_by_one_reply(store: OpenedStore, tmp_path: Path) -> None:
    store.put((), [said(4, "and a bench", PUBLIC)], {})
    answer(store, tmp_path, "0404")
    refused(store, tmp_path, "already", "0101")


@pytest.mark.parametrize(
    ("short", "changes", "words"),
    [
        ("0202", {}, "without a reply code"),
        ("0303", {}, "is none"),  # no key at all
        ("ffff", {}, "0 suggestions"),
        ("0101", {"answer": {PL: "Tak."}}, "English"),
        ("0101", {"answer": {desks.EN: " "}}, "blank"),
        ("0101", {"answer": {desks.EN: "a" * 901}}, "900 letters"),
        ("0101", {"answer": {desks.EN: "a", PL: "ż" * 900, LanguageTag("ur"): "ک" * 900, "pa": "ਹ" * 900}}, "4094"),
        ("0101", {"answer": {desks.EN: f"You wrote: {WORDS.upper()}"}}, "your own words"),
        ("0101", {"answer": {}}, "both"),
        ("0101", SAID | {"did": {}}, "both"),
        ("0202", SAID, "without a reply code"),
    ],
)
def test_what_cannot_stand_is_refused(
    store: OpenedStore, tmp_path: Path, short: str, changes: dict[str, object], words: str
) -> None:
    refused(store, tmp_path, words, short, **changes)


# The press.


def replies_for(home: Path, content: Path, count: int) -> list[bytes]:
    folder = content / "HMX" / "replies"
    folder.mkdir(parents=True)
    made = [seal.seal_reply(b"{}", PUBLIC, "HMX") for _ in range(count)]
    for number, sealed in enumerate(made):
        value = {"format": 1, "sealed": sealed.hex(), "until": desks.TODAY.isoformat()}
        (folder / f"{number:032x}.json").write_bytes(canonical_json(value))
    return made


def test_replies_travel_in_one_file_whose_order_is_chance(tmp_path: Path) -> None:
    home, content = desks.a_home(tmp_path), desks.a_content(tmp_path)
    made = replies_for(home, content, 20)
    press(home, content, desks.NOW)
    assert [name for name in Repository(home).content("HMX") if name.startswith("replies")] == [REPLIES]
    assert a_pack(home) == b"".join(sorted(made))
    found = read_content(Repository(home).content("HMX"), Repository(home).lists().campaigns)
    assert sorted(found.replies) == sorted(made)


def test_a_reply_is_carried_up_to_its_day_and_then_no_more(store: OpenedStore, tmp_path: Path) -> None:
    home, content = desks.a_home(tmp_path), desks.a_content(tmp_path)
    answer(store, content / "HMX", keep_days=30)
    for days, carried in ((0, True), (30, True), (31, False)):
        press(home, content, desks.NOW + timedelta(days=days))
        assert (REPLIES in Repository(home).content("HMX")) == carried


@pytest.mark.parametrize(
    "data",
    [
        b"words that nobody sealed",
        canonical_json({"format": 1, "sealed": "00", "until": "2026-12-01"}),
        canonical_json({"format": 1, "sealed": "zz", "until": "2026-12-01"}),
        canonical_json({"format": 1, "sealed": seal.seal_reply(b"{}", PUBLIC, "HMX").hex(), "until": "soon"}),
    ],
)
def test_what_is_no_sealed_reply_is_not_pressed(tmp_path: Path, data: bytes) -> None:
    home, content = desks.a_home(tmp_path), desks.a_content(tmp_path, replies__one__json=data)
    with desks.untouched(home), pytest.raises(PressError, match=r"replies/one\.json"):
        press(home, content, desks.NOW)


def test_a_link_among_the_replies_is_refused(tmp_path: Path) -> None:
    home, content = desks.a_home(tmp_path), desks.a_content(tmp_path)
    replies_for(home, content, 1)
    (content / "HMX" / "replies" / "link.json").symlink_to(content / "HMX" / "replies" / f"{0:032x}.json")
    with desks.untouched(home), pytest.raises(PressError, match="plain file"):
        press(home, content, desks.NOW)


def test_more_replies_than_a_kiosk_looks_through_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.central.press.REPLY_LIMIT", 3)
    home, content = desks.a_home(tmp_path), desks.a_content(tmp_path)
    replies_for(home, content, 4)
    with desks.untouched(home), pytest.raises(PressError, match="carries 3 sealed replies; 4 are here"):
        press(home, content, desks.NOW)


# What a kiosk reads of it.


def test_a_pack_that_is_not_as_the_press_makes_it_is_damaged() -> None:
    one, other = sorted(seal.seal_reply(b"{}", PUBLIC, "HMX") for _ in range(2))
    for name, pack in (
        (REPLIES, b""),
        (REPLIES, one[:-1]),
        (REPLIES, one + other[:-1]),
        (REPLIES, other + one),
        (REPLIES, one + one),
        (REPLIES, b"\x02" + one[1:]),
        (REPLIES, one * (REPLY_LIMIT + 1)),
        ("replies/another", one),
    ):
        with pytest.raises(DamagedDeliveryError):
            read_content({name: pack}, ())
    assert read_content({REPLIES: packed([other, one, one])}, ()).replies == (one, other)
