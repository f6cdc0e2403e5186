"""Sealing: what opens, what must never open, and that the formats stay what they are."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given, settings
from hypothesis import strategies as st

from models import seal
from models.errors import SealError
from models.questionnaire import Purpose
from models.record import Record
from models.seal import SealedRecord
from tests.models.vaults import A_FORM, CAMPAIGN_PRIVATE, CAMPAIGN_PUBLIC, a_record, a_sealed_record

PRIVATE = bytes(range(1, 33))
WORDS = b'{"answers":{"words":"Mwy o lyfrau, os gwelwch yn dda."}}'
SHIPPED = bytes.fromhex(
    "0101dab1fb39f8ee9efc47c42151b336f76befd5d7f5046d3255cd98dc7372d155ffb86cdd96429da7768c1453d648048d9365de"
    "6083bfaa49f2ebc3df4a443b50e391f1c0066e208d002ea416323739393aed83a1d2ff3f62af6babc68a18a3a7189f0fce485250"
    "a9216332083ef2e172eb825e68abd6bdf69c277a7ce7a24ffadc8673a30310721b7a2fa0f3d4475063278369621082e670a04afa"
    "2ff328527fa2a9e974d79adeb591421710f9c7aaff4c4d5ef9749cbba6f9da2b9d25389136b4a5356ff96e28d6ceb076a281efd5"
    "81245299c200d36607502df61c9209b5090330ce23f24e74a236181fce191fb6740f29e7d1e9dd30d92abd4bafc69a7d109bc252"
    "1ad88f2bd2a9327d64e10b5a86c9c8325a01d52313c37312655a539676a97ee60d72bcde609758b0ce983ec68371bcb2c57a7c52"
    "a0c4"
)  # sealed by the first version; must open for ever


def opened_by_the_rfc(sealed: bytes, info: bytes, private: bytes) -> bytes:
    """Open by RFC 9180 section 5.1, base mode, written out by hand: a second witness beside the library."""

    def extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
        return hmac.digest(salt, b"HPKE-v1" + suite + label + material, "sha256")

    def expand(suite: bytes, key: bytes, label: bytes, context: bytes, length: int) -> bytes:
        labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + context
        return hmac.digest(key, labelled + b"\x01", "sha256")[:length]

    enc, ciphertext = sealed[10:42], sealed[42:]
    mine = X25519PrivateKey.from_private_bytes(private)
    shared = mine.exchange(X25519PublicKey.from_public_bytes(enc))
    kem, hpke = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x03"
    both = enc + mine.public_key().public_bytes_raw()
    secret = expand(kem, extract(kem, b"", b"eae_prk", shared), b"shared_secret", both, 32)
    context = b"\0" + extract(hpke, b"", b"psk_id_hash", b"") + extract(hpke, b"", b"info_hash", info)
    schedule = extract(hpke, secret, b"secret", b"")
    key, nonce = expand(hpke, schedule, b"key", context, 32), expand(hpke, schedule, b"base_nonce", context, 12)
    return ChaCha20Poly1305(key).decrypt(nonce, ciphertext, None)


def test_what_the_first_version_sealed_still_opens() -> None:
    assert seal.open_record(SHIPPED, A_FORM, Purpose.SUGGESTION, PRIVATE) == WORDS


def test_a_second_reading_of_the_rfc_opens_the_same_words() -> None:
    info = b"wingvoice/record/1\0" + SHIPPED[:10] + b"\x02" + A_FORM
    assert len(info) == 62
    plain = opened_by_the_rfc(SHIPPED, info, PRIVATE)
    assert plain == b"\0" + len(WORDS).to_bytes(2, "big") + WORDS + bytes(256 - 3 - len(WORDS))


def test_an_envelope_has_the_drawn_layout() -> None:
    sealed = a_sealed_record().sealed
    assert (len(sealed), sealed[:2], sealed[2:10]) == (314, b"\x01\x01", seal.key_id(CAMPAIGN_PUBLIC))
    assert seal.key_id(CAMPAIGN_PUBLIC) == hashlib.sha256(b"wingvoice/key/1\0" + CAMPAIGN_PUBLIC).digest()[:8]
    assert seal.sealed_key_id(sealed) == seal.key_id(CAMPAIGN_PUBLIC)


def test_a_record_with_any_byte_flipped_does_not_open() -> None:
    record = a_sealed_record()
    for at in range(len(record.sealed)):
        flipped = bytearray(record.sealed)
        flipped[at] ^= 1 << (at % 8)
        with pytest.raises(SealError):
            seal.open_record(bytes(flipped), A_FORM, Purpose.SURVEY, CAMPAIGN_PRIVATE)


@pytest.mark.parametrize("cut", [0, 1, 57, 313])
def test_a_record_cut_short_does_not_open(cut: int) -> None:
    with pytest.raises(SealError):
        seal.open_record(a_sealed_record().sealed[:cut], A_FORM, Purpose.SURVEY, CAMPAIGN_PRIVATE)


def test_a_record_does_not_open_as_another_form_purpose_or_for_another_key() -> None:
    sealed = a_sealed_record().sealed
    other, _ = seal.new_sealing_pair()
    for form, purpose, private in (
        (seal.digest(b"another"), Purpose.SURVEY, CAMPAIGN_PRIVATE),
        (A_FORM, Purpose.SUGGESTION, CAMPAIGN_PRIVATE),
        (A_FORM, Purpose.SURVEY, other),
    ):
        with pytest.raises(SealError):
            seal.open_record(sealed, form, purpose, private)


def test_a_record_for_our_key_id_but_sealed_in_another_format_does_not_open() -> None:
    header = b"\x01\x01" + seal.key_id(CAMPAIGN_PUBLIC)
    info = seal._info(header, Purpose.SURVEY, A_FORM)
    theirs = X25519PublicKey.from_public_bytes(CAMPAIGN_PUBLIC)
    for inside in (b"\x01\0\x01a", b"\0\0\x01ab", b"\0\xff\xffa"):  # zstd, padding not zero, length beyond the end
        sealed = header + seal._SUITE.encrypt(inside.ljust(256, b"\0"), theirs, info)
        with pytest.raises(SealError):
            seal.open_record(sealed, A_FORM, Purpose.SURVEY, CAMPAIGN_PRIVATE)


@settings(deadline=None)
@given(body=st.binary(max_size=seal.BODY_LIMIT_BYTES))
def test_every_body_comes_back_and_its_length_shows_only_in_steps(body: bytes) -> None:
    record = seal.seal_record(a_record(body), CAMPAIGN_PUBLIC)
    assert len(record.sealed) == 58 + 256 * -(-(len(body) + 3) // 256)
    assert seal.open_record(record.sealed, A_FORM, Purpose.SURVEY, CAMPAIGN_PRIVATE) == body


def test_the_longest_body_fits_and_one_byte_more_is_our_own_mistake() -> None:
    assert len(a_sealed_record(bytes(7_933)).sealed) == 7_994
    with pytest.raises(RuntimeError):
        a_sealed_record(bytes(7_934))


def test_plain_answers_cannot_pass_for_a_sealed_record() -> None:
    with pytest.raises(RuntimeError):
        SealedRecord(A_FORM, WORDS.ljust(314, b" "))
    with pytest.raises(RuntimeError):
        SealedRecord(seal.Digest(A_FORM[:31]), a_sealed_record().sealed)


def test_two_seals_of_one_record_never_look_alike() -> None:
    assert a_sealed_record().id != a_sealed_record().id


def test_every_purpose_has_its_own_number() -> None:
    assert sorted(seal._PURPOSES.values()) == list(range(1, 8))
    assert set(seal._PURPOSES) == set(Purpose)


def test_a_signature_holds_for_its_own_domain_body_and_key_only() -> None:
    signing = seal.new_signing_key()
    public, signature = seal.public_half(signing), seal.sign(b"wingvoice/batch/1", b"body", signing)
    seal.verify(b"wingvoice/batch/1", b"body", signature, public)
    for domain, body, signed, key in (
        (b"wingvoice/batch/2", b"body", signature, public),
        (b"wingvoice/batch/1", b"bodz", signature, public),
        (b"wingvoice/batch/1", b"body", signature[:-1], public),
        (b"wingvoice/batch/1", b"body", signature, seal.public_half(seal.new_signing_key())),
        (b"wingvoice/batch/1", b"body", signature, b"short"),
    ):
        with pytest.raises(SealError):
            seal.verify(domain, body, signed, key)


def test_the_chain_is_the_one_of_the_design() -> None:
    start = hashlib.sha256(b"wingvoice/epoch/1\0" + bytes(16) + b"\0\0\0\x07").digest()
    assert seal.chain_start(bytes(16), 7) == start
    link = b"wingvoice/chain/1\0" + start + (9).to_bytes(8, "big") + A_FORM + hashlib.sha256(b"sealed").digest()
    assert seal.chain_link(start, 9, A_FORM, b"sealed") == hashlib.sha256(link).digest()


def test_a_shuffle_keeps_every_item_and_forgets_the_order() -> None:
    items = tuple(range(100))
    shuffles = {seal.shuffled(items) for _ in range(3)}
    assert all(sorted(one) == list(items) for one in shuffles)
    assert len(shuffles) == 3


def test_a_locked_secret_opens_with_its_passphrase_alone() -> None:
    locked = seal.lock(b"a key", "words of the opening desk")
    assert b"a key" not in locked
    assert seal.unlock(locked, "words of the opening desk") == b"a key"
    for unverified, words in ((locked, "other words"), (locked[:-1], "words of the opening desk"), (b"", "words")):
        with pytest.raises(SealError):
            seal.unlock(unverified, words)


def test_a_pin_is_kept_as_a_slow_salted_digest() -> None:
    digest = seal.pin_digest("0123456789", b"salt of a kiosk")
    assert seal.same(digest, seal.pin_digest("0123456789", b"salt of a kiosk"))
    assert not seal.same(digest, seal.pin_digest("0123456789", b"another salt"))
    assert len(digest) == 32


def test_a_fingerprint_is_twenty_four_digits_of_the_whole_request() -> None:
    digits = seal.fingerprint(b"a request")
    assert (len(digits), digits.isdigit()) == (24, True)
    assert digits != seal.fingerprint(b"b request")


def test_a_purpose_is_part_of_what_is_sealed() -> None:
    record = seal.seal_record(Record(Purpose.EXIT, A_FORM, b"{}"), CAMPAIGN_PUBLIC)
    assert seal.open_record(record.sealed, A_FORM, Purpose.EXIT, CAMPAIGN_PRIVATE) == b"{}"
