"""Replies by code: what a code gives, what opens with it, what must never open, and what stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from itertools import product
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from models import comeback, seal
from models.answers import FinishedAnswers
from models.canonical import UnreadableContentError
from models.comeback import Code, ReplyCode, Secret
from models.errors import SealError
from models.questionnaire import LanguageTag, ModuleName, Purpose
from models.record import make_record, read_record
from models.reply import LETTERS, REPLY_LIMIT_BYTES, Reply, read_reply, reply_bytes
from tests.models.test_seal import opened_by_the_rfc
from tests.models.vaults import CAMPAIGN_PRIVATE, a_sealed_record

HERE, THERE = "HMX", "HMY"
FORM = bytes(range(32))
SECRET = Secret((0, 17, 42, 63), "03071")
PRIVATE = bytes.fromhex("ef420eec5c88a2fa443e402a1145a8b0ec2374d3d3424991cfb0c3e81fd15c5f")
PUBLIC = bytes.fromhex("0854ea769aa79a42ab84c2bc4b5c3a9a3fc3f08b93fb70b0b547a7c0ab9fd74a")
"""What SECRET gives at HMX; keys that are out in the world must keep opening."""
SHIPPED = (Path(__file__).parent / "reply-1.sealed").read_bytes()
"""Sealed to PUBLIC by the first version; must open for ever."""
EN, PA = LanguageTag("en"), LanguageTag("pa")
WORDS = Reply({EN: "You were right about the showers.", PA: "ਤੁਸੀਂ ਸਹੀ ਸੀ।"}, "Head of works", date(2026, 11, 22))
SECRETS = st.builds(
    Secret,
    pictures=st.tuples(*[st.integers(0, comeback.PICTURES - 1)] * comeback.TAPPED),
    chance=st.integers(0, 99_999).map("{:05d}".format),
)
TEXTS = st.dictionaries(st.sampled_from(["cy", "pl", "ur"]), st.sampled_from(["a", "ż" * 200, "کتاب"]))


# The code.


@given(SECRETS, st.sampled_from([HERE, THERE]))
def test_a_reply_code_is_read_as_it_was_written(secret: Secret, place: str) -> None:
    code = comeback.written_for_a_reply(secret, place)
    assert (len(code.pictures), len(code.digits)) == (comeback.TAPPED, comeback.TYPED)
    assert comeback.read_for_a_reply(code, place) == secret


def test_a_reply_code_that_somebody_wrote_down_is_read_for_ever() -> None:
    code = comeback.written_for_a_reply(SECRET, HERE)
    assert (code.pictures, code.digits) == ((0, 17, 42, 63), "030713")


def test_every_wrong_digit_of_a_reply_code_is_caught() -> None:
    chance = Random(20261122)
    for _ in range(200):
        code = comeback.written_for_a_reply(comeback.drawn_for_a_reply(chance.randbytes(16)), HERE)
        for at, digit in product(range(comeback.TYPED), "0123456789"):
            if digit != code.digits[at]:
                wrong = Code(code.pictures, code.digits[:at] + digit + code.digits[at + 1 :])
                assert comeback.read_for_a_reply(wrong, HERE) is None


@pytest.mark.parametrize("code", [Code((), ""), Code((1, 2, 3, 64), "123456"), Code((1, 2, 3, 4), "12345٦")])
def test_what_is_no_whole_code_opens_nothing(code: Code) -> None:
    assert comeback.read_for_a_reply(code, HERE) is None


def test_chance_alone_decides_a_reply_code_and_every_digit_comes_up() -> None:
    chance = Random(7)
    secrets = [comeback.drawn_for_a_reply(chance.randbytes(16)) for _ in range(2000)]
    assert len({secret.spelled for secret in secrets}) == 2000
    for at in range(5):
        assert {secret.chance[at] for secret in secrets} == set("0123456789")
    last = (64**4 * 10**5 - 1).to_bytes(16)
    assert comeback.drawn_for_a_reply(last) == Secret((63, 63, 63, 63), "99999")


def test_nothing_of_a_reply_code_shows_in_a_repr() -> None:
    shown = repr(ReplyCode(Code((31, 32, 33, 34), "567812"), PUBLIC.hex())) + repr(WORDS)
    assert not any(part in shown for part in ("567812", "31", PUBLIC.hex(), "showers"))


# The key.


def test_the_key_of_a_code_stays_what_it_is() -> None:
    assert seal.reply_pair(SECRET.spelled, HERE) == (PRIVATE, PUBLIC)


def test_a_second_reading_of_the_derivation_gives_the_same_key() -> None:
    """OpenSSL through the standard library, written out by hand."""
    made = hashlib.scrypt(
        bytes([0, 17, 42, 63]) + b"03071",
        salt=b"wingvoice/reply/1\0HMX",
        n=65_536,
        r=8,
        p=1,
        maxmem=128 * 1024 * 1024,
        dklen=32,
    )
    assert made == PRIVATE
    assert X25519PrivateKey.from_private_bytes(made).public_key().public_bytes_raw() == PUBLIC


def test_another_secret_or_another_establishment_gives_another_key() -> None:
    other = Secret(SECRET.pictures, "03072")
    publics = {seal.reply_pair(*what)[1] for what in ((SECRET.spelled, THERE), (other.spelled, HERE))}
    assert len(publics | {PUBLIC}) == 3


def test_a_reply_code_and_a_come_back_code_of_the_same_spelling_have_nothing_in_common() -> None:
    link, _ = seal.link_and_seed(SECRET.spelled, HERE.encode())
    assert link not in (PRIVATE, PUBLIC)


# The envelope.


def test_what_the_first_version_sealed_still_opens() -> None:
    assert read_reply(seal.open_reply(SHIPPED, PRIVATE, HERE)) == WORDS


def test_a_second_reading_of_the_rfc_opens_the_same_reply() -> None:
    body = reply_bytes(WORDS)
    plain = opened_by_the_rfc(bytes(8) + SHIPPED, b"wingvoice/reply/1\0\x01\x01HMX", PRIVATE)
    assert plain == len(body).to_bytes(2, "big") + body + bytes(4096 - 2 - len(body))


def test_a_reply_with_any_byte_flipped_does_not_open() -> None:
    for at in range(len(SHIPPED)):
        flipped = bytearray(SHIPPED)
        flipped[at] ^= 1 << (at % 8)
        with pytest.raises(SealError):
            seal.open_reply(bytes(flipped), PRIVATE, HERE)


@pytest.mark.parametrize("cut", [0, 1, 34, 4145])
def test_a_reply_cut_short_does_not_open(cut: int) -> None:
    with pytest.raises(SealError):
        seal.open_reply(SHIPPED[:cut], PRIVATE, HERE)


def test_a_reply_does_not_open_for_another_code_or_at_another_establishment() -> None:
    other, _ = seal.new_sealing_pair()
    for private, place in ((other, HERE), (PRIVATE, THERE), (PRIVATE, "")):
        with pytest.raises(SealError):
            seal.open_reply(SHIPPED, private, place)


def test_a_reply_sealed_in_another_format_does_not_open() -> None:
    theirs = X25519PublicKey.from_public_bytes(PUBLIC)
    for inside in (b"\0\x01ab", b"\xff\xffa"):  # padding not zero, length beyond the end
        plain = inside.ljust(4096, b"\0")
        sealed = b"\x01\x01" + seal._SUITE.encrypt(plain, theirs, b"wingvoice/reply/1\0\x01\x01HMX")
        with pytest.raises(SealError):
            seal.open_reply(sealed, PRIVATE, HERE)


def test_a_reply_codes_key_opens_no_record_and_a_campaigns_key_no_reply() -> None:
    record = a_sealed_record()
    for sealed, private in ((record.sealed, PRIVATE), (SHIPPED, CAMPAIGN_PRIVATE)):
        with pytest.raises(SealError):
            seal.open_record(sealed, record.form, Purpose.SURVEY, private)
        with pytest.raises(SealError):
            seal.open_reply(sealed, private, HERE)


@settings(deadline=None)
@given(st.binary(max_size=REPLY_LIMIT_BYTES))
def test_every_body_comes_back_and_all_replies_are_of_one_length(body: bytes) -> None:
    sealed = seal.seal_reply(body, PUBLIC, HERE)
    assert len(sealed) == seal.REPLY_SEALED_BYTES == 4146
    assert seal.is_sealed_reply(sealed)
    assert seal.open_reply(sealed, PRIVATE, HERE) == body


def test_two_seals_of_one_reply_have_nothing_in_common_and_name_no_key() -> None:
    one, other = (seal.seal_reply(b"{}", PUBLIC, HERE) for _ in range(2))
    assert one[:2] == other[:2]
    assert not {one[at : at + 8] for at in range(2, 4139)} & {other[at : at + 8] for at in range(2, 4139)}
    assert PUBLIC not in one
    assert seal.key_id(PUBLIC) not in one


@pytest.mark.parametrize("public", [b"short", bytes(32), bytes([1]) + bytes(31)])
def test_nothing_is_sealed_to_what_is_no_key(public: bytes) -> None:
    with pytest.raises(SealError):
        seal.seal_reply(b"{}", public, HERE)


def test_a_body_too_long_is_our_own_mistake() -> None:
    with pytest.raises(RuntimeError):
        seal.seal_reply(bytes(REPLY_LIMIT_BYTES + 1), PUBLIC, HERE)


# What it says.


@given(TEXTS, st.dates())
def test_a_reply_goes_back_and_forth_without_changing_a_byte(texts: Mapping[str, str], day: date) -> None:
    reply = Reply({EN: "Yes."} | {LanguageTag(tag): text for tag, text in texts.items()}, "Governor", day)
    assert read_reply(reply_bytes(reply)) == reply
    assert reply_bytes(read_reply(reply_bytes(reply))) == reply_bytes(reply)


@pytest.mark.parametrize(
    "text",
    [{}, {PA: "ਹਾਂ"}, {EN: " "}, {EN: "a" * (LETTERS + 1)}, {EN: "a", PA: "ਹ" * 900, LanguageTag("ur"): "ک" * 900}],
)
def test_a_reply_without_english_blank_or_too_long_is_refused(text: Mapping[LanguageTag, str]) -> None:
    with pytest.raises(UnreadableContentError):
        read_reply(reply_bytes(Reply(text, "Governor", date(2026, 11, 22))))


@given(st.binary(max_size=80))
def test_garbage_is_refused_by_the_one_error(unverified: bytes) -> None:
    with pytest.raises(UnreadableContentError):
        read_reply(unverified)


# The record.


def finished() -> FinishedAnswers:
    return FinishedAnswers(ModuleName("suggestion"), LanguageTag("en"), (), {})


def test_the_public_half_stands_inside_the_record_and_nowhere_without_a_code() -> None:
    with_code = make_record(finished(), Purpose.SUGGESTION, FORM, "1", "code", reply=PUBLIC.hex())
    assert (read_record(with_code.body).mode, read_record(with_code.body).reply) == ("code", PUBLIC.hex())
    assert PUBLIC.hex() not in repr(with_code)
    without = make_record(finished(), Purpose.SUGGESTION, FORM, "1", "anonymous")
    assert b"reply" not in without.body


@pytest.mark.parametrize(
    ("mode", "reply"),
    [
        ("code", None),
        ("anonymous", PUBLIC.hex()),
        (None, PUBLIC.hex()),
        ("code", PUBLIC.hex()[2:]),
        ("code", PUBLIC.hex().upper()),
    ],
)
def test_a_code_without_its_key_or_a_key_without_a_code_is_our_own_mistake(mode: str | None, reply: str | None) -> None:
    with pytest.raises(RuntimeError):
        make_record(finished(), Purpose.SUGGESTION, FORM, "1", mode, reply=reply)
