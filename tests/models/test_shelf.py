"""The shelf: what is installed, what is refused, and that a refusal changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest

from models import seal, shelf
from models.canonical import UnreadableContentError
from models.comeback import Secret, written_for_a_reply
from models.consultation import Consultation, ConsultationId, FreeText, PlaceFile, Wing
from models.errors import UnreadableQuestionnaireError, VaultCorruptError, VaultFullError, VaultMissingError
from models.noticeboard import Notice
from models.questionnaire import LanguageTag, canonical_bytes
from models.reply import Reply, reply_bytes
from models.seal import KioskId
from models.shelf import Bundle, ForeignBundleError, OlderDeliveryError, UnknownKeyError
from models.vault import Vault, open_vault
from tests.models.forms import a_form
from tests.models.vaults import A_DAY, A_KEY, CAMPAIGN_PUBLIC, a_bundle, a_vault, every_row, unchanged
from tests.simulators_custody import PullThePlug, full_disk

EN: Final = LanguageTag("en")
FORM: Final = canonical_bytes(a_form())
FORM_HASH: Final = seal.digest(FORM)
WING: Final = "b-wing"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = a_vault(tmp_path)
    yield vault
    vault.close()


def a_consultation(name: str = "wing-life", wing: str = WING, day: date = A_DAY) -> Consultation:
    return Consultation(
        id=ConsultationId(name),
        questionnaire=FORM_HASH.hex(),
        campaign="wing-life",
        key=seal.key_id(CAMPAIGN_PUBLIC).hex(),
        wings=(Wing(wing),),
        opens=day,
        closes=day + timedelta(6),
        level="consult",
        form="individual",
        owner="the head of residence",
        answer_by=day + timedelta(20),
        limits={EN: "Prices are not ours to set."},
        free_text=FreeText("none", {}, 0),
        min_own=0,
        notice_version="1",
    )


def a_place(wing: str = WING) -> PlaceFile:
    return PlaceFile(
        wing=Wing(wing),
        kind="wing",
        names={EN: "B wing"},
        languages=(EN,),
        ask_after_s=60,
        wait_s=30,
        helpers=(),
        queue=None,
    )


def a_notice(name: str, day: int) -> Notice:
    return Notice(
        name, "notice", date(2026, 11, day), {EN: "News"}, {EN: "Warm showers."}, None, None, "the works manager"
    )


def a_full_bundle(number: int = 1, **pieces: object) -> Bundle:
    """Return a bundle with one consultation, two notices, a place and a picture."""
    filled: dict[str, object] = {
        "establishment": "ABC",
        "wing": WING,
        "consultations": (a_consultation(),),
        "questionnaires": {FORM_HASH: FORM},
        "notices": (a_notice("older", 1), a_notice("newer", 9)),
        "place": a_place(),
        "media": {"aa.png": b"a picture"},
        "revoked": frozenset({KioskId(bytes(15) + b"\x09")}),
        "replies": (seal.seal_reply(b"{}", CAMPAIGN_PUBLIC, "ABC"),),
    }
    return a_bundle(number, **(filled | pieces))  # type: ignore[arg-type]


def test_what_is_installed_is_found_again(vault: Vault) -> None:
    bundle = a_full_bundle(7)
    assert shelf.install(vault, bundle)
    found = shelf.open_shelf(vault, A_DAY)
    assert (found.number, found.establishment, found.wing, found.place) == (7, "ABC", WING, a_place())
    (opened,) = found.consultations
    assert (opened.consultation, opened.form, opened.campaign_public) == (a_consultation(), FORM_HASH, CAMPAIGN_PUBLIC)
    assert canonical_bytes(opened.questionnaire) == FORM
    assert [one.id for one in found.notices] == ["newer", "older"]
    assert shelf.media(vault, "aa.png") == b"a picture"
    assert shelf.media(vault, "bb.png") is None
    assert shelf.tuf_metadata(vault) == bundle.metadata
    assert shelf.receipt_keys(vault) == bundle.receipt_keys
    assert shelf.revoked(vault) == bundle.revoked


def test_an_empty_shelf_says_so(vault: Vault) -> None:
    found = shelf.open_shelf(vault, A_DAY)
    assert (found.number, found.place, found.consultations, found.notices) == (0, None, (), ())
    with pytest.raises(VaultMissingError):
        shelf.trusted_root(vault)
    shelf.trust_root(vault, b"a root")
    assert shelf.trusted_root(vault) == b"a root"


@pytest.mark.parametrize(("days", "is_open"), [(-1, False), (0, True), (6, True), (7, False)])
def test_a_consultation_is_open_on_its_days_only(vault: Vault, days: int, is_open: bool) -> None:
    shelf.install(vault, a_full_bundle())
    assert bool(shelf.open_shelf(vault, A_DAY + timedelta(days)).consultations) is is_open
    assert shelf.installed_consultations(vault) == (a_consultation(),)


def test_a_consultation_of_another_wing_is_not_open_here(vault: Vault) -> None:
    shelf.install(vault, a_full_bundle(consultations=(a_consultation(wing="c-wing"),)))
    assert shelf.open_shelf(vault, A_DAY).consultations == ()


SECRET: Final = Secret((5, 17, 42, 63), "03071")
CODE: Final = written_for_a_reply(SECRET, "ABC")
REPLY: Final = Reply({EN: "The showers are mended."}, "Head of works", A_DAY)


def a_sealed_reply(body: bytes = reply_bytes(REPLY), establishment: str = "ABC") -> bytes:
    return seal.seal_reply(body, seal.reply_pair(SECRET.spelled, establishment)[1], establishment)


def test_a_reply_is_found_by_its_code_alone_and_finding_it_writes_nothing(vault: Vault) -> None:
    assert shelf.reply_to(vault, CODE) is None  # nothing is installed
    others = a_full_bundle().replies
    shelf.install(vault, a_full_bundle(1, replies=()))
    assert not shelf.open_shelf(vault, A_DAY).has_replies
    shelf.install(vault, a_full_bundle(2))
    assert shelf.open_shelf(vault, A_DAY).has_replies
    assert shelf.reply_to(vault, CODE) is None  # somebody was answered, and not this one
    shelf.install(vault, a_full_bundle(3, replies=(*others, a_sealed_reply())))
    with unchanged(vault):
        assert shelf.reply_to(vault, CODE) == REPLY
        assert shelf.reply_to(vault, CODE) == REPLY  # on another day, or on another kiosk
        assert shelf.reply_to(vault, replace(CODE, digits="030717")) is None
        assert shelf.reply_to(vault, written_for_a_reply(replace(SECRET, chance="03072"), "ABC")) is None
    shelf.install(vault, a_full_bundle(4))
    assert shelf.reply_to(vault, CODE) is None  # its days are over


def test_a_reply_that_says_nothing_readable_is_no_reply(vault: Vault) -> None:
    shelf.install(vault, a_full_bundle(replies=(a_sealed_reply(b"{}"),)))
    assert shelf.reply_to(vault, CODE) is None


def test_a_reply_sealed_for_another_establishment_does_not_open_here(vault: Vault) -> None:
    shelf.install(vault, a_full_bundle(replies=(a_sealed_reply(establishment="ABD"),)))
    assert shelf.reply_to(vault, CODE) is None


def test_a_newer_bundle_takes_the_place_of_the_whole_older_one(vault: Vault) -> None:
    shelf.install(vault, a_full_bundle(1))
    assert shelf.install(vault, a_full_bundle(2, consultations=(), questionnaires={}, notices=(), media={}))
    found = shelf.open_shelf(vault, A_DAY)
    assert (found.number, found.consultations, found.notices) == (2, (), ())
    assert shelf.media(vault, "aa.png") is None


def test_the_same_bundle_again_changes_nothing(vault: Vault) -> None:
    shelf.install(vault, a_full_bundle(3))
    with unchanged(vault):
        assert not shelf.install(vault, a_full_bundle(3, notices=()))


def test_keys_alone_may_be_followed_by_the_content_of_the_same_number(vault: Vault) -> None:
    shelf.install(vault, a_bundle(3))
    assert shelf.install(vault, a_full_bundle(3))
    assert shelf.open_shelf(vault, A_DAY).consultations


def test_an_older_bundle_is_refused_and_the_shelf_stays_as_it_was(vault: Vault) -> None:
    shelf.install(vault, a_full_bundle(7))
    with unchanged(vault), pytest.raises(OlderDeliveryError, match="Bundle 6 is older than bundle 7"):
        shelf.install(vault, a_full_bundle(6))


REFUSED: Final = {
    "a reply that nobody sealed": (a_full_bundle(8, replies=(b"words",)), UnreadableContentError),
    "a campaign that the offline desk never listed": (a_full_bundle(8, campaigns=()), UnknownKeyError),
    "a key id that its bytes do not have": (
        a_full_bundle(8, campaigns=(replace(a_full_bundle().campaigns[0], public=bytes(32)),)),
        UnknownKeyError,
    ),
    "a key listed for another campaign": (
        a_full_bundle(8, campaigns=(replace(a_full_bundle().campaigns[0], campaign="other"),)),
        UnknownKeyError,
    ),
    "a consultation without its questionnaire": (a_full_bundle(8, questionnaires={}), UnreadableContentError),
    "a questionnaire under another hash": (
        a_full_bundle(8, questionnaires={FORM_HASH: FORM, seal.digest(b"x"): FORM}),
        UnreadableContentError,
    ),
    "a questionnaire that nobody can read": (
        a_full_bundle(8, questionnaires={FORM_HASH: FORM, seal.digest(b"{}"): b"{}"}),
        UnreadableQuestionnaireError,
    ),
    "a notice that would not be read again": (
        a_full_bundle(8, notices=(replace(a_notice("n", 1), title={}),)),
        UnreadableContentError,
    ),
    "two consultations under one id": (
        a_full_bundle(8, consultations=(a_consultation(), a_consultation())),
        UnreadableContentError,
    ),
    "a place of another wing": (a_full_bundle(8, place=a_place("c-wing")), ForeignBundleError),
}


@pytest.mark.parametrize(("bundle", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bundle_is_refused_for(vault: Vault, bundle: Bundle, error: type[Exception]) -> None:
    shelf.install(vault, a_full_bundle(7))
    with unchanged(vault), pytest.raises(error):
        shelf.install(vault, bundle)


@pytest.mark.parametrize(("setting", "value"), [("establishment", b"XYZ"), ("wing", b"c-wing")])
def test_a_bundle_for_another_place_than_granted_is_refused(vault: Vault, setting: str, value: bytes) -> None:
    vault.put_settings({setting: value})  # type: ignore[dict-item]
    with unchanged(vault), pytest.raises(ForeignBundleError):
        shelf.install(vault, a_full_bundle(8))


def test_a_bundle_for_which_there_is_no_room_is_refused_in_words(vault: Vault) -> None:
    shelf.install(vault, a_full_bundle(7))
    before = beside(vault)
    larger = a_full_bundle(8, metadata={"timestamp.json": bytes(1 << 20)}, media={"aa.png": b"newer"})
    with full_disk(vault), unchanged(vault), pytest.raises(VaultFullError):
        shelf.install(vault, larger)
    assert beside(vault) == before


def beside(vault: Vault) -> dict[str, bytes]:
    """Return what lies in the larder, by file."""
    return {path.name: path.read_bytes() for path in vault.path.parent.glob("*.larder")}


def test_pictures_sound_and_questionnaires_lie_beside_the_vault_and_their_files_go_with_the_bundle(
    vault: Vault,
) -> None:
    shelf.install(vault, a_full_bundle(7, media={"aa.png": b"a picture"}))
    older = beside(vault)
    assert [data.count(b"a picture") for data in older.values()] == [1]
    shelf.install(vault, a_full_bundle(8, media={"bb.png": b"another one"}))
    assert len(beside(vault)) == 1
    assert beside(vault).keys() != older.keys()
    assert shelf.media(vault, "aa.png") is None
    assert shelf.media(vault, "bb.png") == b"another one"


def test_a_bundle_whose_files_are_gone_is_installed_anew_and_until_then_said_to_be_damaged(vault: Vault) -> None:
    bundle = a_full_bundle(7)
    shelf.install(vault, bundle)
    for name in beside(vault):
        (vault.path.parent / name).unlink()
    with pytest.raises(VaultCorruptError):
        shelf.open_shelf(vault, A_DAY)
    assert shelf.install(vault, bundle)
    assert shelf.open_shelf(vault, A_DAY).consultations


def test_handing_in_writes_no_more_where_a_bundle_is_large(vault: Vault) -> None:
    shelf.install(vault, a_full_bundle(7))
    vault.tidy()
    small = vault.path.stat().st_size
    shelf.install(vault, a_full_bundle(8, media={f"{at:02}.png": bytes([at]) * 100_000 for at in range(20)}))
    vault.tidy()
    assert vault.path.stat().st_size <= small + 3 * 4096


def test_a_plug_pulled_while_installing_leaves_the_old_shelf_or_the_new(vault: Vault, tmp_path: Path) -> None:
    shelf.install(vault, a_full_bundle(7))
    before = every_row(vault)
    newer = a_full_bundle(8, notices=(a_notice("newest", 20),), media={"aa.png": bytes(1 << 16)})
    with PullThePlug(vault, tmp_path / "disks") as plug:
        shelf.install(vault, newer)
    after = every_row(vault)
    assert len(plug.disks) >= 2
    seen = set()
    for disk in plug.disks:
        again = open_vault(disk, A_KEY)
        rows = every_row(again)
        assert rows in (before, after)
        seen.add(shelf.open_shelf(again, A_DAY).number)
        shelf.install(again, newer)
        assert every_row(again) == after
        again.close()
    assert seen == {7, 8}
