"""An election as files, signed by those who must sign it: what a returning officer hands to the press."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from models import seal
from models.canonical import ENGLISH
from models.election.board import INDEX, INDEX_SIGNED, STAGES, Index, write_index
from models.election.defined import write_definition
from models.election.definition import Candidate, Contest, Electorate
from models.election.keys import Election, gather, write_keys
from models.election.notices import Notice, write_notice
from models.election.signatures import Signer, write_signatures
from tests.models.elections import E, a_code, a_contest, a_definition, a_question, slips

OFFICER, REGISTRAR, OBSERVER = 1, 2, 6


def signed(domain: bytes, content: bytes, *witnesses: int) -> bytes:
    """Return the signatures of these witnesses over a file."""
    made: dict[Signer, bytes] = {
        number: seal.sign(domain, seal.digest(content), seal.witness_key(a_code(number), E)) for number in witnesses
    }
    return write_signatures(made)


def election_files(
    *,
    slip_count: int = 12,
    signers: tuple[int, ...] = (OFFICER, REGISTRAR),
    **more: Any,  # noqa: ANN401 - a definition's
) -> tuple[Election, dict[str, bytes]]:
    """Return an election and its files, by their path on the board; `more` are fields of its definition."""
    definition = a_definition(**({"electorates": (Electorate("residents", "residents", slip_count, 0, 0),)} | more))
    lists = {
        contest.number: write_keys(one.public(contest.number) for one in slips(slip_count))
        for contest in definition.contests
    }
    contests = tuple(replace(one, keys=bytes(seal.digest(lists[one.number]))) for one in definition.contests)
    written = write_definition(replace(definition, contests=contests))
    files = {
        "definition.json": written,
        "definition.sig.json": signed(seal.SIGNS_DEFINITION, written, *signers),
        **{f"keys-{number}.txt": data for number, data in lists.items()},
    }
    return gather(written, lists, seal.digest), files


def notice_files(
    election: Election, contest: int, candidate: int, *witnesses: int, number: int = 1
) -> dict[str, bytes]:
    """Return a signed notice that a candidate has withdrawn."""
    written = write_notice(Notice(election.d, number, contest, candidate, "2026-11-28"))
    named = witnesses or (OFFICER, OBSERVER)
    return {
        f"notices.{number}.json": written,
        f"notices.{number}.sig.json": signed(seal.SIGNS_NOTICE, written, *named),
    }


def a_final_board(election: Election, files: Mapping[str, bytes], *, stage: int = STAGES - 1) -> dict[str, bytes]:
    """Return the index of a board over these files, signed by the returning officer; there is nothing in it."""
    held = {path: (bytes(seal.digest(data)), len(data)) for path, data in files.items()}
    written = write_index(Index(stage, election.d, bytes(32), held))
    return {INDEX: written, INDEX_SIGNED: signed(seal.SIGNS_BOARD, written, OFFICER)}


def labelled(files: Mapping[str, bytes], label: str = "council") -> dict[str, bytes]:
    """Return the files as a bundle names them."""
    return {f"{label}.{path}": data for path, data in files.items()}


def words(text: str) -> dict[Any, str]:
    """Return a text in English."""
    return {ENGLISH: text}


def a_list_contest(number: int = 3, **more: Any) -> Contest:  # noqa: ANN401 - whatever a contest has
    """Return a contest of two parties."""
    parties = tuple(
        Candidate(n, words(name), symbol, people=("Ann Archer", "Bo Birch"))
        for n, (name, symbol) in enumerate((("Families", "sign-56"), ("Fresh start", "sign-23")), 1)
    )
    fields = {"kind": "list", "rule": None, "seats": 2, "max_marks": 1, "publish": "totals", "candidates": parties}
    del fields["rule"]
    return a_contest(number, **fields | more)


def of_every_kind(**more: Any) -> tuple[Contest, ...]:  # noqa: ANN401 - whatever a contest has
    """Return one contest of each kind: one, list, question, approve, rank."""
    return (
        a_contest(1, kind="one", seats=1, max_marks=1, publish="totals", **more),
        a_list_contest(2, **more),
        a_question(3, about=words("Shall the yard stay open in winter?"), **more),
        a_contest(4, kind="approve", max_marks=2, publish="totals", **more),
        a_contest(5, **more),
    )
