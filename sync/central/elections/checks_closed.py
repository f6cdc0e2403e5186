"""The nine checks that a closed board bears already: files, signatures, lists, boxes, dice, merge and accounts.

Rule 1: a check returns what came of it, or raises: FailsError with a reason, or the error of whatever it read.
Source: elections.md 5.9, points 1 to 9.
"""

from __future__ import annotations

from models import seal
from models.election import close
from models.election.board import INDEX, INDEX_SIGNED, NO_BOARD, read_index
from models.election.merge import read_faulty
from models.election.signatures import read_signatures
from models.elections import signers_of
from models.errors import SealError
from sync.central.elections import board, registrar
from sync.central.elections.looked import FailsError, Look, Verdict, need


def check_index(look: Look) -> Verdict:
    """Tell whether every file is listed as it is, and each board is signed over the one before."""
    index = read_index(look.files[INDEX])
    need(index.stage == look.stage, f"this is not a board of stage {look.stage}")
    beside = {path for path in look.files if path not in (INDEX, INDEX_SIGNED)}
    need(beside == index.files.keys(), f"{min(beside ^ index.files.keys(), default='')} is missing or not listed")
    for path, (sha256, size) in index.files.items():
        content = look.files[path]
        need(len(content) == size and seal.digest(content) == sha256, f"{path} is not as listed")
    later, name = index, INDEX
    for stage in range(look.stage, -1, -1):
        raw = look.files[name]
        officer = {one.number for one in look.election.definition.of_role("returning-officer")}
        signatures = look.files[name.removesuffix(".json") + ".sig.json"]
        who = signers_of(look.election, seal.SIGNS_BOARD, raw, signatures)
        need(who == officer, f"{name} is not signed by the returning officer")
        here = read_index(raw)
        need((here.stage, here.definition) == (stage, look.election.d), f"{name} is of another stage or election")
        need(here.files.items() <= later.files.items(), f"a file of {name} was changed later")
        if not stage:
            need(here.previous == NO_BOARD, f"{name} has a board before it")
            break
        name = f"board-{stage - 1}.json"
        need(seal.digest(look.files[name]) == here.previous, f"{name} is not the board before")
        later = here
    return "PASS"


def check_definition(look: Look) -> Verdict:
    """Tell whether officer and registrar signed the definition, and nobody else."""
    election = look.election
    who = set()
    for signer, signature in read_signatures(look.files["definition.sig.json"]).items():
        witness = election.definition.witness(signer) if isinstance(signer, int) else None
        need(witness is not None, "definition.json is signed by no witness")
        if witness is not None:
            try:
                seal.verify(seal.SIGNS_DEFINITION, election.d, signature, witness.public_key)
            except SealError:
                raise FailsError("a signature on definition.json does not hold") from None
            who.add(witness.role)
    need(who == {"returning-officer", "registrar"}, "definition.json is not signed by officer and registrar")
    return "PASS"


def check_keys(look: Look) -> Verdict:
    """Tell whether there is a key list for each contest, and no other."""
    lists = {f"keys-{one.number}.txt" for one in look.election.definition.contests}
    there = {path for path in look.files if path.startswith("keys-")}
    need(lists == there, "a key list is missing or too many")
    return "PASS"


def check_manifests(look: Look) -> tuple[Verdict, str]:
    """Tell whether boxes are as their manifests say, but those that `merge.json` lists as faulty.

    A box whose manifest fails gives its ballots all the same (5.6); it is named beside the PASS.
    """
    found = registrar.faults(look.election, board.read_boxes(look.files))
    listed = read_faulty(look.files["merge.json"])
    for name, why in found.items():
        need(listed.get(name) == why, f"boxes/{name}: {why}, and merge.json does not list it so")
    for name in listed:
        need(name in found, f"boxes/{name} is listed as faulty, and is not")
    return "PASS", "; ".join(f"listed as faulty: boxes/{name}: {why}" for name, why in found.items())


def check_close(look: Look) -> Verdict:
    """Tell whether the close record lists just these boxes and notices."""
    record = close.read_close(look.files["close.json"])
    election, boxes = look.election, board.read_boxes(look.files)
    need(record.definition == election.d, "close.json is of another election")
    need(set(record.boxes) == {box.listed for box in boxes}, "close.json does not list just these boxes")
    expected = board.box_files(boxes)
    there = {path: content for path, content in look.files.items() if path.startswith("boxes/")}
    need(there == expected, "a file of a box is missing, misnamed or too many")
    notices = {bytes(seal.digest(look.files[path])) for path in board.read_notices(election, look.files)}
    need(set(record.notices) == notices, "close.json does not list just these notices")
    kiosks = {kiosk.id for kiosk in election.definition.kiosks}
    need(set(record.missing) == kiosks - {one.kiosk for one in record.boxes}, "close.json misnames a missing kiosk")
    return "PASS"


def check_dice(look: Look) -> Verdict:
    """Tell whether the beacon follows from close record and throws."""
    d, c, throws, made = close.read_dice(look.files["dice.json"])
    need(d == look.election.d and c == seal.digest(look.files["close.json"]), "dice.json follows another close record")
    need(made == close.beacon(d, c, throws, seal.tagged), "dice.json: the beacon does not follow from the throws")
    return "PASS"


def check_void(look: Look) -> Verdict:
    """Tell whether every void code leads to keys of its own."""
    need(len(look.void) >= len(registrar.read_void(look.files["void.txt"])), "void.txt holds codes of one slip")
    return "PASS"


def check_merge(look: Look) -> Verdict:
    """Tell whether merging again gives the same bytes."""
    again = board.merge_file(look.election, look.files, look.merged)
    need(again == look.files["merge.json"], "merge.json is not what the boxes give")
    return "PASS"


def check_accounts(look: Look) -> Verdict:
    """Tell whether envelopes add up."""
    accounts = close.read_accounts(look.files["accounts.json"])
    void = len(registrar.read_void(look.files["void.txt"]))
    registrar.check_accounts(look.election, accounts, void, look.merged)
    return "PASS"
