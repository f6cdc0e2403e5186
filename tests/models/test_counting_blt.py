"""Votes files: what is read, what is refused with its line, and the one spelling that is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.counting.blt import MARK, Blt, read_blt, write_blt
from models.counting.quoted import without_comment
from models.counting.votes import Candidate, Ranking
from models.errors import UnreadableVotesError

PLAIN = '3 2\n4 1 2 0\n1 0\n2 3 0\n1 1 2 0\n0\n"Ann"\n"Bob"\n"Cy"\n"Wing"\n'
NUMBERS = st.integers(0, 5).map(str)
LINES = st.lists(
    st.one_of(
        st.lists(NUMBERS, max_size=5).map(" ".join),
        st.sampled_from(
            ["0", "-1", "[withdrawn 2]", "[tie 2 1]", "# note", '"A"', '"A" "B"', '"a ""B"""', "bare", "1 1=2 0"]
        ),
        st.text(max_size=12),
    ),
    max_size=14,
)


def blt(text: str) -> Blt:
    return read_blt(text.encode())


def test_ballots_come_out_merged_with_blanks_under_the_empty_ranking() -> None:
    read = blt(PLAIN)
    assert read.rankings == {(1, 2): 5, (): 1, (3,): 2}
    assert [one.name for one in read.candidates] == ["Ann", "Bob", "Cy"]
    assert (read.seats, read.title, read.blank, read.withdrawn) == (2, "Wing", 1, frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.rstrip("\n"),
        PLAIN.replace("\n", "\n\n  \n"),
        "# a poll\n" + PLAIN.replace("4 1 2 0", "4 1 2 0 # four of them"),
        PLAIN.replace("4 1 2 0", "  4\t1  2 0  "),
        PLAIN.replace('"Ann"', "Ann").replace('"Wing"', "Wing"),
    ],
)
def test_marks_of_order_line_ends_blanks_and_comments_do_not_count(text: str) -> None:
    assert blt(text) == blt(PLAIN)


def test_a_number_sign_inside_quotes_or_a_word_is_no_comment() -> None:
    assert without_comment('"Ann # 1" # first') == '"Ann # 1" '
    assert without_comment("Ann#1") == "Ann#1"
    assert without_comment("# all") == ""


def test_without_names_the_candidates_are_called_by_their_numbers() -> None:
    assert [one.name for one in blt("2 1\n1 2 0\n0\n").candidates] == ["1", "2"]


@pytest.mark.parametrize("lines", ["-3 -1", "-3\n-1", "[withdrawn 3 1]", "[withdrawn 3]\n-1"])
def test_candidates_withdraw_in_either_spelling(lines: str) -> None:
    read = blt(PLAIN.replace("3 2\n", f"3 2\n{lines}\n"))
    assert read.withdrawn == {1, 3}
    assert write_blt(read).decode().splitlines()[1] == "-1 -3"


def test_an_order_of_lots_stands_in_the_file() -> None:
    assert blt(PLAIN.replace("3 2\n", "3 2\n[tie 3 1 2]\n")).tie_order == (3, 1, 2)


@pytest.mark.parametrize(
    ("line", "name", "party"),
    [
        ("Ann Lee (Ind)", "Ann Lee (Ind)", ""),
        ('"Ann ""Lee"" Ray"', 'Ann "Lee" Ray', ""),
        ('"Ann Lee" "Green Party"', "Ann Lee", "Green Party"),
        ('"""Ann Lee"" ""Green Party"""', "Ann Lee", "Green Party"),
        ('"Ann Lee ""Green Party"""', "Ann Lee", "Green Party"),
        ('"Ann ""Lee"" Ray ""Green Party"""', 'Ann "Lee" Ray', "Green Party"),
        ('"""Ann Lee"""', "Ann Lee", ""),
        ('Ann "Lee" Ray', 'Ann "Lee" Ray', ""),
        ('"Ann, Lee"', "Ann, Lee", ""),
    ],
)
def test_a_name_line_is_read_in_every_form_that_public_files_have(line: str, name: str, party: str) -> None:
    (candidate,) = blt(f"1 1\n0\n{line}\n").candidates
    assert (candidate.name, candidate.party) == (name, party)
    again = read_blt(write_blt(blt(f"1 1\n0\n{line}\n")))
    assert (again.candidates[0].name, again.candidates[0].party) == (name, party)


def test_whoever_verifies_takes_no_name_apart() -> None:
    (candidate,) = read_blt(b'1 1\n0\n"Ann ""Green"""\n', wrapped=False).candidates
    assert (candidate.name, candidate.party) == ('Ann "Green"', "")


def test_further_quoted_lines_are_remarks() -> None:
    assert blt(PLAIN + '"counted by hand"\n"twice"\n').remarks == ("counted by hand", "twice")


REFUSED = {
    "empty": ("", 1, "empty"),
    "only comments": ("# nothing\n\n", 1, "empty"),
    "one number": ("3\n", 1, "numbers of candidates and of seats"),
    "no candidate": ("0 1\n0\n", 1, "1 to 254"),
    "too many candidates": ("255 1\n0\n", 1, "1 to 254"),
    "no seat": ("3 0\n0\n", 1, "1 to 99"),
    "too many seats": ("3 100\n0\n", 1, "1 to 99"),
    "commas": ("3 1\n1 1 0,\n0\n", 2, "commas"),
    "half a weight": ("3 1\n1.5 1 0\n0\n", 2, "whole numbers"),
    "weight of nothing": ("3 1\n0 1 0\n0\n", 2, "1 or more"),
    "weight below nothing": ("3 1\n1 1 0\n-2 1 0\n0\n", 3, "below 0"),
    "candidate out of range": ("3 1\n1 4 0\n0\n", 2, "other than 1 to 3"),
    "candidate twice": ("3 1\n1 2 2 0\n0\n", 2, "twice"),
    "nought inside": ("3 1\n1 2 0 1 0\n0\n", 2, "other than 1 to 3"),
    "equal ranks": ("3 1\n1 1=2 0\n0\n", 2, "equal rankings"),
    "a dash for a skipped rank": ("3 1\n1 1 - 2 0\n0\n", 2, "-"),
    "ballot names": ("3 1\n(b1) 1 2 0\n0\n", 2, "tell voters apart"),
    "no 0 after a ballot": ("3 1\n1 1 2\n0\n", 2, "ends a ballot"),
    "no 0 after the ballots": ('3 1\n1 1 0\n"Ann"\n', 3, "ends the ballots"),
    "no 0 before bare names": ("3 1\n1 1 0\nAnn\nBob\nCy\n", 3, "ends the ballots"),
    "no 0 at the end": ("3 1\n1 1 0\n", 2, "ends the ballots"),
    "too few names": ('3 1\n0\n"Ann"\n"Bob"\n', 4, "3 names"),
    "broken quotes in a name": ('1 1\n0\n"Ann\n', 3, "name"),
    "three strings for a name": ('1 1\n0\n"Ann" "B" "C"\n', 3, "name"),
    "an empty name": ('1 1\n0\n""\n', 3, "empty"),
    "broken quotes in the title": ('1 1\n0\n"Ann"\n"Wing" x\n', 4, "title"),
    "a bare line after the title": ('1 1\n0\n"Ann"\n"Wing"\nmore\n', 5, "quoted"),
    "an unknown option": ("3 1\n[nicknames a b c]\n0\n", 2, "[nicknames]"),
    "an option after a ballot": ("3 1\n1 1 0\n[tie 1 2]\n0\n", 3, "before the ballots"),
    "withdrawn out of range": ("3 1\n-4\n0\n", 2, "withdrawn"),
    "withdrawn nobody": ("3 1\n[withdrawn]\n0\n", 2, "withdrawn"),
    "lots with a repeat": ("3 1\n[tie 1 1]\n0\n", 2, "order of lots"),
    "too many ballots": ("3 1\n9999999 1 0\n2 2 0\n0\n", 3, "10000000"),
    "a huge number": ("3 1\n99999999999999999999 1 0\n0\n", 2, "whole numbers"),
    "digits of another script": ("3 1\n\u0661 1 0\n0\n", 2, "whole numbers"),
    "a control character": ('1 1\n0\n"A\x1b[2Jnn"\n', 3, "control"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_file_is_refused_with_its_name_its_line_and_why(why: str) -> None:
    text, line, words = REFUSED[why]
    with pytest.raises(UnreadableVotesError) as refused:
        read_blt(text.encode(), "ward.blt")
    assert (refused.value.file, refused.value.line) == ("ward.blt", line)
    assert words in refused.value.detail
    assert "Nothing was counted" in str(refused.value)


def test_ten_million_ballots_are_read() -> None:
    assert blt("3 1\n9999999 1 0\n1 2 0\n0\n").rankings == {(1,): 9_999_999, (2,): 1}


def test_bytes_that_are_not_utf8_are_refused_at_their_line() -> None:
    with pytest.raises(UnreadableVotesError) as refused:
        read_blt(b'1 1\n0\n"A\xff"\n')
    assert (refused.value.line, "UTF-8" in refused.value.detail) == (3, True)


def test_a_refusal_repeats_no_name_of_the_file() -> None:
    with pytest.raises(UnreadableVotesError) as refused:
        read_blt(b'2 1\n0\n"Secret Name\n')
    assert "Secret" not in str(refused.value)


def test_what_is_written_is_sorted_merged_and_quoted() -> None:
    people = (Candidate(1, 'Ann "A"', ""), Candidate(2, "Bob", "Green", withdrawn=True), Candidate(3, "Ćy"))
    votes: dict[Ranking, int] = {(3, 1): 2, (1,): 7, (1, 3): 1, (): 4}
    written = write_blt(Blt(people, 2, votes, title='The "A" wing'))
    assert written.decode().split("\n") == [
        "3 2",
        "-2",
        "4 0",
        "7 1 0",
        "1 1 3 0",
        "2 3 1 0",
        "0",
        '"Ann ""A"""',
        '"Bob ""Green"""',
        '"Ćy"',
        '"The ""A"" wing"',
        MARK,
        "",
    ]


def test_names_and_title_are_composed_the_one_way() -> None:
    read = read_blt('1 1\n0\n"Zoe\u0301"\n"Cafe\u0301"\n'.encode())
    assert (read.candidates[0].name, read.title) == ("Zo\u00e9", "Caf\u00e9")


@given(lines=LINES, counts=st.tuples(st.integers(1, 3), st.integers(1, 3)))
def test_whatever_reads_is_written_the_one_way_and_reads_back(lines: list[str], counts: tuple[int, int]) -> None:
    text = "\n".join([" ".join(map(str, counts)), *lines])
    for wrapped in (True, False):
        try:
            read = read_blt(text.encode(), wrapped=wrapped)
        except UnreadableVotesError:
            continue
        written = write_blt(read)
        again = read_blt(written, wrapped=wrapped)
        assert write_blt(again) == written
        assert (again.rankings, again.seats, again.withdrawn) == (read.rankings, read.seats, read.withdrawn)
        if wrapped:
            assert again.candidates == read.candidates


NAMES = st.text(st.sampled_from('ab" #\t,é'), min_size=1, max_size=12)


def read_or_refused(data: bytes, *, wrapped: bool = True) -> Blt | UnreadableVotesError:
    try:
        return read_blt(data, wrapped=wrapped)
    except UnreadableVotesError as refused:
        return refused


@given(
    names=st.lists(st.tuples(NAMES, NAMES | st.just("")), min_size=1, max_size=3), title=NAMES, wrapped=st.booleans()
)
def test_no_name_or_title_breaks_the_spelling(names: list[tuple[str, str]], title: str, *, wrapped: bool) -> None:
    people = tuple(Candidate(number, *one) for number, one in enumerate(names, start=1))
    first = write_blt(Blt(people, 1, {(1,): 1}, title=title))
    read = read_or_refused(first, wrapped=wrapped)
    if isinstance(read, UnreadableVotesError):
        assert read.detail == "a name is empty"
        return
    written = write_blt(read)
    assert write_blt(read_blt(written, wrapped=wrapped)) == written
    if not wrapped:
        assert written == first


@given(st.binary(max_size=200))
def test_random_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    read = read_or_refused(data)
    assert isinstance(read, Blt) or 1 <= read.line <= data.count(b"\n") + 1


@given(data=st.data())
def test_a_file_with_any_byte_changed_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    whole = bytearray(PLAIN.encode())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] = data.draw(st.integers(0, 255))
    read = read_or_refused(bytes(whole))
    assert isinstance(read, Blt) or 1 <= read.line <= whole.count(b"\n") + 1
