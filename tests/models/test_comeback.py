"""Come-back codes: nothing is lost in writing and reading one, and what people copy wrongly is told."""

from __future__ import annotations

import hashlib
from itertools import permutations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import comeback, seal
from models.answers import FinishedAnswers
from models.comeback import Code, ComeBack, Secret
from models.questionnaire import LanguageTag, ModuleName, Purpose
from models.record import make_record, read_record

FORM, OTHER_FORM = bytes(range(32)), bytes(range(1, 33))
VECTOR = ("3383205c5af5aded35446b7ae6400e77663e1fad9f2399cba80fc587ccfc3497", 2_641_346_220)
"""Link and seed of the code in the test of reading for ever; links that are out in the world must keep joining."""
LINK = "1da0b0f1f93c2c9c1b4d6c7a2d0f3b00" * 2
SECRETS = st.builds(
    Secret,
    pictures=st.tuples(*[st.integers(0, comeback.PICTURES - 1)] * comeback.TAPPED),
    chance=st.integers(0, 9_999).map("{:04d}".format),
)
FORMS = st.binary(min_size=32, max_size=32)
PLACES = st.integers(1, comeback.LAST_PLACE)


def some_codes(count: int) -> list[Code]:
    """Return codes of every place and start of the walk, always the same ones."""
    chance = Random(20261122)
    secrets = [comeback.drawn(chance.randbytes(16)) for _ in range(count)]
    return [comeback.written(secret, 1 + at % comeback.LAST_PLACE, FORM) for at, secret in enumerate(secrets)]


def caught(code: Code) -> bool:
    return comeback.read(code, FORM) is None


@given(SECRETS, PLACES, FORMS)
def test_a_code_is_read_as_it_was_written(secret: Secret, place: int, form: bytes) -> None:
    code = comeback.written(secret, place, form)
    assert (len(code.pictures), len(code.digits)) == (comeback.TAPPED, comeback.TYPED)
    assert comeback.read(code, form) == (secret, place)


def test_a_code_that_somebody_wrote_down_is_read_for_ever() -> None:
    code = comeback.written(Secret((0, 17, 42, 63), "0307"), 2, FORM)
    assert (code.pictures, code.digits) == ((0, 17, 42, 63), "030723")


def test_every_wrong_digit_is_caught() -> None:
    for code in some_codes(500):
        for at, digit in product(range(comeback.TYPED), "0123456789"):
            if digit != code.digits[at]:
                assert caught(Code(code.pictures, code.digits[:at] + digit + code.digits[at + 1 :]))


def test_every_swap_of_two_neighbouring_digits_is_caught() -> None:
    for code in some_codes(2000):
        for at in range(comeback.TYPED - 1):
            one, other = code.digits[at : at + 2]
            if one != other:
                assert caught(Code(code.pictures, code.digits[:at] + other + one + code.digits[at + 2 :]))


def test_every_picture_taken_for_another_of_its_page_is_caught() -> None:
    for code in some_codes(500):
        for at, place in product(range(comeback.TAPPED), range(8)):
            wrong = code.pictures[at] // 8 * 8 + place
            if wrong != code.pictures[at]:
                pictures = (*code.pictures[:at], wrong, *code.pictures[at + 1 :])
                assert caught(Code(pictures, code.digits))


@pytest.mark.parametrize("at", range(comeback.TAPPED))
def test_as_many_wrong_pictures_are_caught_as_one_digit_can(at: int) -> None:
    """Every picture for every other, whatever the rest of the code: ten classes of 64 leave 348 pairs of 4,032."""
    rest = some_codes(1)[0]
    missed = 0
    for right, wrong in permutations(range(comeback.PICTURES), 2):
        there = (*rest.pictures[:at], right, *rest.pictures[at + 1 :])
        code = comeback.written(Secret(there, rest.digits[:4]), 3, FORM)
        missed += not caught(Code((*there[:at], wrong, *there[at + 1 :]), code.digits))
    assert missed == 348


@pytest.mark.parametrize("at", range(comeback.TAPPED - 1))
def test_as_many_swaps_of_neighbouring_pictures_are_caught(at: int) -> None:
    rest = some_codes(1)[0]
    missed = 0
    for one, other in permutations(range(comeback.PICTURES), 2):
        there = (*rest.pictures[:at], one, other, *rest.pictures[at + 2 :])
        code = comeback.written(Secret(there, rest.digits[:4]), 3, FORM)
        missed += not caught(Code((*there[:at], other, one, *there[at + 2 :]), code.digits))
    assert missed == 348


def test_nine_in_ten_codes_of_another_questionnaire_are_caught() -> None:
    chance = Random(1)
    forms = [chance.randbytes(32) for _ in range(2000)]
    code = some_codes(1)[0]
    assert 0.88 < sum(comeback.read(code, form) is None for form in forms) / len(forms) < 0.92


@pytest.mark.parametrize(
    "code",
    [
        Code((), ""),
        Code((1, 2, 3), "123456"),
        Code((1, 2, 3, 64), "123456"),
        Code((1, 2, 3, -1), "123456"),
        Code((1, 2, 3, 4), "12345"),
        Code((1, 2, 3, 4), "12345a"),
        Code((1, 2, 3, 4), "12345٦"),
    ],
)
def test_what_is_no_whole_code_is_not_right(code: Code) -> None:
    assert comeback.read(code, FORM) is None


def test_no_code_leads_to_the_first_module() -> None:
    secret = comeback.drawn(bytes(16))
    for digit in "0123456789":
        assert comeback.read(Code(secret.pictures, f"{secret.chance}0{digit}"), FORM) is None


@pytest.mark.parametrize("place", [0, 10, -1])
def test_a_place_that_no_digit_names_is_our_own_mistake(place: int) -> None:
    with pytest.raises(RuntimeError):
        comeback.written(comeback.drawn(bytes(16)), place, FORM)


def test_chance_alone_decides_and_every_picture_and_digit_comes_up() -> None:
    chance = Random(7)
    secrets = [comeback.drawn(chance.randbytes(16)) for _ in range(4000)]
    assert len({secret.spelled for secret in secrets}) == 4000
    for at in range(comeback.TAPPED):
        assert {secret.pictures[at] for secret in secrets} == set(range(comeback.PICTURES))
        assert {secret.chance[at] for secret in secrets} == set("0123456789")


def test_two_secrets_are_never_spelled_alike() -> None:
    spelled = {comeback.drawn(number.to_bytes(16)).spelled for number in range(0, 64**4 * 10**4, 10**7)}
    assert len(spelled) == len(range(0, 64**4 * 10**4, 10**7))
    assert comeback.drawn((64**4 * 10**4 - 1).to_bytes(16)) == Secret((63, 63, 63, 63), "9999")


def test_nothing_of_a_code_shows_in_a_repr() -> None:
    secret = Secret((11, 12, 13, 14), "5678")
    for shown in (secret, Code(secret.pictures, "567812"), ComeBack(secret, LINK, 424242)):
        assert not {"11", "5678", LINK, "424242"} & set(repr(shown).replace("(", " ").replace(")", " ").split())
        assert "5678" not in repr(shown)


def test_the_derivation_stays_what_it_is() -> None:
    link, seed = seal.link_and_seed(Secret((0, 17, 42, 63), "0307").spelled, FORM)
    assert (link.hex(), seed) == VECTOR


def test_a_second_reading_of_the_derivation_gives_the_same() -> None:
    """OpenSSL through the standard library, written out by hand."""
    made = hashlib.scrypt(
        bytes([0, 17, 42, 63]) + b"0307",
        salt=b"wingvoice/come-back/1\0" + FORM,
        n=65_536,
        r=8,
        p=1,
        maxmem=128 * 1024 * 1024,
        dklen=36,
    )
    assert (made[:32].hex(), int.from_bytes(made[32:], "big")) == VECTOR


def test_another_secret_or_questionnaire_gives_another_link_and_seed() -> None:
    one, other = Secret((0, 17, 42, 63), "0307"), Secret((0, 17, 42, 63), "0308")
    made = [seal.link_and_seed(*what) for what in ((one.spelled, OTHER_FORM), (other.spelled, FORM))]
    made.append((bytes.fromhex(VECTOR[0]), VECTOR[1]))
    assert len({link for link, _ in made}) == len({seed for _, seed in made}) == 3


def test_a_link_stands_inside_the_record_and_nowhere_without_one() -> None:
    finished = FinishedAnswers(ModuleName("food"), LanguageTag("en"), (), {})
    with_link = make_record(finished, Purpose.SURVEY, FORM, "1", link=LINK)
    assert read_record(with_link.body).link == LINK
    assert LINK not in repr(with_link)
    without = make_record(finished, Purpose.SURVEY, FORM, "1")
    assert b"link" not in without.body
    assert len(with_link.body) - len(without.body) == 74


@pytest.mark.parametrize("link", ["", LINK[:-2], LINK + "00", LINK.upper(), "x" * 64])
def test_a_link_of_another_shape_is_our_own_mistake(link: str) -> None:
    finished = FinishedAnswers(ModuleName("food"), LanguageTag("en"), (), {})
    with pytest.raises(RuntimeError):
        make_record(finished, Purpose.SURVEY, FORM, "1", link=link)
