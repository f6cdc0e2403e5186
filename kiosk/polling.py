"""The way from a booth, or from paper entry, to the vault: slips are found, ballots sealed, boxes opened and closed.

Rule 1: tries at a number are counted in memory alone, and no try is logged; after five wrong ones each waits.
Rule 2: what is logged of a box is that it was opened and that it was closed: two lines, however many vote.
Rule 3: code, keys and choices pass through and are kept nowhere.
Rule 4: what takes time happens off the screen's thread.
Source: elections.md 5.4, points 6 to 9, 5.5 and 5.10.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, cast

from kiosk.postman import Postman
from kiosk.presenters.booth_doors import SlipVerdict, Station
from kiosk.voting import Poll, Slip
from models import ballot_box, seal
from models.ballot_box import SlipInHand
from models.election.ballot import Ballot
from models.election.boxes import Kind
from models.election.keys import Election
from models.election.slip import read_code
from models.elections import OnTheShelf
from models.errors import PollNotOpenError, SlipUsedHereError, StrangeKioskError, WingVoiceError, WrongCodeError
from models.keyring import Keys
from models.vault import Vault

FREE_TRIES: Final = 5
PAUSE_S: Final = 3.0
BOXES: Final[Mapping[Kind, str]] = {"kiosk": "the poll", "paper": "the box of paper ballots"}
"""What the log calls a box."""


class PollingStation:
    """One kiosk's booth. `elections` gives those of the shelf; `tell` notes that a poll was opened or closed."""

    def __init__(
        self,
        vault: Vault,
        keys: Keys,
        clerk: Postman,
        elections: Callable[[], tuple[OnTheShelf, ...]],
        monotonic: Callable[[], float],
        tell: Callable[[str], None] = lambda _line: None,
    ) -> None:
        self._vault, self._keys, self._clerk = vault, keys, clerk
        self._elections, self._monotonic, self._tell = elections, monotonic, tell
        self._known: tuple[tuple[OnTheShelf, ...], Poll | None] | None = None
        self._wrong, self._may_try_at = 0, monotonic()

    def poll(self) -> Poll | None:
        """Return the open poll; looked up once for each shelf, and whenever a box was opened or closed."""
        every = self._elections()
        if self._known is None or self._known[0] is not every:
            boxes = ((one, ballot_box.open_box(self._vault, one.election)) for one in every)
            opened = (Poll(one, box.number, box.kind) for one, box in boxes if box is not None)
            self._known = (every, next(opened, None))
        return self._known[1]

    def take_slip(self, typed: str, then: Callable[[SlipVerdict | WingVoiceError], None]) -> None:
        """Derive the keys of a number off the screen's thread, and look whether they voted here."""
        poll, now = self.poll(), self._monotonic()
        if now < self._may_try_at:
            then(SlipVerdict(trouble="wait"))
            return
        if poll is None:
            then(PollNotOpenError())
            return

        def found() -> SlipVerdict:
            try:
                slip = ballot_box.take_slip(poll.shelved.election, read_code(typed))
            except WrongCodeError:
                return SlipVerdict(trouble="wrong")
            used = ballot_box.used_here(self._vault, poll.shelved.election, slip)
            return SlipVerdict(trouble="used") if used else SlipVerdict(slip)

        def back(verdict: SlipVerdict | WingVoiceError) -> None:
            self._counted(verdict)
            then(verdict)

        self._clerk.ask(found, back)

    def _counted(self, verdict: SlipVerdict | WingVoiceError) -> None:
        if isinstance(verdict, SlipVerdict):
            self._wrong = self._wrong + 1 if verdict.trouble == "wrong" else 0
            if self._wrong >= FREE_TRIES:
                self._may_try_at = self._monotonic() + PAUSE_S

    def order_seed(self) -> bytes:
        """Return 16 fresh random bytes."""
        return seal.random_bytes(16)

    def cast(
        self, slip: Slip, ballots: Mapping[int, Ballot], then: Callable[[Mapping[int, str] | WingVoiceError], None]
    ) -> None:
        """Seal and store off the screen's thread; that somebody voted here before is theirs to be told."""
        poll = self.poll()
        if poll is None:
            then(PollNotOpenError())
            return
        election, held = poll.shelved.election, cast("SlipInHand", slip)

        def stored() -> Mapping[int, str] | SlipUsedHereError:
            try:
                return ballot_box.cast(self._vault, election, held, ballots)
            except SlipUsedHereError as used:
                return used

        self._clerk.ask(stored, then)

    def stations(self) -> tuple[Station, ...]:
        """Return how every election of the shelf stands here."""
        return tuple(self._station(one) for one in self._elections())

    def _station(self, shelved: OnTheShelf) -> Station:
        election = shelved.election
        closed = tuple((one.manifest, one.tape.symbols) for one in ballot_box.closed_boxes(self._vault, election))
        mine = election.definition.kiosk(self._keys.kiosk)
        named = mine is not None and mine.public_key == seal.public_half(self._keys.signing_key)
        opened = ballot_box.open_box(self._vault, election)
        if opened is None:
            return Station(shelved, self._keys.kiosk, named, len(closed) + 1, closed=closed)
        return Station(shelved, self._keys.kiosk, named, len(closed) + 1, opened.number, opened.kind, closed)

    def open_poll(self, label: str, then: Callable[[WingVoiceError | None], None], kind: Kind = "kiosk") -> None:
        """Open an empty box; refused while any box is open here."""

        def change(vault: Vault, election: Election, signing_key: bytes) -> int:
            return ballot_box.open_poll(vault, election, signing_key, kind)

        self._change(label, f"{BOXES[kind]} was opened", change, then)

    def close_poll(self, label: str, then: Callable[[WingVoiceError | None], None]) -> None:
        """Close the open box for good."""
        poll = self.poll()
        self._change(label, f"{BOXES['kiosk' if poll is None else poll.kind]} was closed", ballot_box.close_poll, then)

    def _change(
        self,
        label: str,
        line: str,
        change: Callable[[Vault, Election, bytes], object],
        then: Callable[[WingVoiceError | None], None],
    ) -> None:
        shelved = next((one for one in self._elections() if one.label == label), None)
        if shelved is None:
            then(StrangeKioskError())
            return

        def back(result: object) -> None:
            self._known = None
            if isinstance(result, WingVoiceError):
                then(result)
            else:
                self._tell(line)
                then(None)

        self._clerk.ask(lambda: change(self._vault, shelved.election, self._keys.signing_key), back)
