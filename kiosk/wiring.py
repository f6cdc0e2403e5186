"""Joins the rooms of a kiosk: the only place that reads clock, randomness and the folder of assets for them.

Rule 1: everything that is looked up here is handed on as an argument; no other room of the kiosk looks anything up.
Rule 2: handing in has a thread of its own, so that it never waits behind a slow road; the screen gets snapshots.
Rule 3: nothing that a resident does is logged, counted or timed here.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from kiosk import live_voice, speech
from kiosk.enrolled import Kiosk, version
from kiosk.fault_book import FaultBook, fault_told
from kiosk.home import keep_screen
from kiosk.polling import PollingStation
from kiosk.postman import OnMainThread, Postman
from kiosk.presenters.booth_doors import BoothDoors
from kiosk.presenters.doors import Alert, Docked, Ears, Noted, PinVerdict, ServiceFacts
from kiosk.shipped import Speaking, own_clips, risk_versions
from kiosk.sitting import Opened
from kiosk.staff_door import StaffDoor
from models import comeback, seal
from models.clips import Clip, ClipKey
from models.comeback import Code, ComeBack, ReplyCode, Secret
from models.consultation import with_lists
from models.elections import OnTheShelf
from models.errors import WingVoiceError
from models.record import Record
from models.reply import Reply
from models.shelf import Shelf, media, reply_to
from models.shelf import clip as shelf_clip
from sync import outbox
from sync.account import RoundOutcome
from sync.numbering import STEP_S
from sync.refusals import NothingCarriedError
from sync.told import NO_FAULT, Told, read_told, told_of

ROUND_EVERY_S: Final = 900
LISTS_AFTER_S: Final = 10.0
A_DAY_S: Final = 86_400.0
HEADPHONES_EVERY_S: Final = 1.0
KEPT_FILES: Final = 40  # pictures of the bundle in memory; each is at most 300 kB


def _mixer() -> str:
    """Return what the mixer says of this machine's sound; blank where there is none."""
    command = ["amixer", "contents"]
    try:
        return subprocess.run(command, capture_output=True, timeout=2, check=True, text=True).stdout  # noqa: S603 - a constant
    except (OSError, subprocess.SubprocessError):
        return ""


class KioskDoors(Speaking):
    """The doors of presenters.doors over a real kiosk."""

    def __init__(
        self,
        kiosk: Kiosk,
        on_main_thread: OnMainThread,
        report: Callable[[BaseException], None],
        recovered: Callable[[], None] = lambda: None,
        opened: Callable[[], None] = lambda: None,
        noted: Callable[[str], None] = lambda _line: None,
    ) -> None:
        """`recovered` is called on the main thread each time the vault was found to take what it is given.

        `opened` is called each time staff opened their page; `noted` gets a line when a poll was opened or closed.
        """
        super().__init__()
        self._kiosk, self._report, self._recovered = kiosk, report, recovered
        self._faults = FaultBook(kiosk.vault, kiosk.clock.today)
        self._clerk = Postman(on_main_thread, kiosk.clock.monotonic, self._reported)  # hands in
        self._postman = Postman(on_main_thread, kiosk.clock.monotonic, self._reported)  # makes rounds
        self._accept_at: datetime | None = None
        self._shelf: tuple[date, Shelf] | None = None
        self._media: dict[str, bytes | None] = {}
        self._drawn: dict[bytes, ComeBack] = {}  # drawn ahead, one a questionnaire, so that nobody waits for it
        self._drawn_reply: ReplyCode | None = None  # likewise
        self._staff = StaffDoor(kiosk.vault, kiosk.clock.monotonic, opened)
        self.booth: BoothDoors = PollingStation(
            kiosk.vault, kiosk.keys, self._clerk, self._elections, kiosk.clock.monotonic, noted
        )
        self._own_clips = own_clips()
        self._speaker = live_voice.speaker()
        self._said_live: dict[ClipKey, Clip] = {}  # for one person's ears, until their turn ends
        self._alone = kiosk.home.headphones == "always"

    def start(self) -> None:
        """Set out, with cover writes and, where there is a network, regular rounds."""
        self._clerk.regularly(self._cover, lambda: STEP_S)
        if self._kiosk.home.central:
            jitter = 1 + int.from_bytes(seal.random_bytes(1), "big") / 512
            self._postman.regularly(self._regular_round, lambda: ROUND_EVERY_S * jitter)
        if self._kiosk.home.headphones == "detect" and shutil.which("amixer") is not None:
            self._clerk.regularly(self._look_for_headphones, lambda: HEADPHONES_EVERY_S)
        # Once the first page stands, so that neither it nor who hands in waits for them.
        self._clerk.regularly(self._read_lists, lambda: LISTS_AFTER_S if self._risk_lists is None else A_DAY_S)
        self._clerk.ask(self._empty_boxes, lambda _emptied: None)
        self._clerk.start()
        self._postman.start()

    def stop(self) -> None:
        """Finish what is under way: first what somebody handed in, then the round."""
        self._clerk.stop()
        self._postman.stop()

    def _empty_boxes(self) -> int:
        """Empty boxes of an election that is over, where the last round was cut short before it could."""
        return outbox.empty_boxes(self._kiosk.vault, lambda: self._kiosk.shelf().elections)

    def _cover(self) -> None:
        self._kiosk.cover()
        self._clerk.tell(self._recovered)

    def _reported(self, error: BaseException) -> None:
        self._report(error)
        self._faults.note(fault_told(error))

    def _regular_round(self) -> None:
        self._noted(self._kiosk.round(self._kiosk.courier("network"), lambda _share, _told: None))
        self._shelf = None

    def _noted(self, outcome: RoundOutcome) -> RoundOutcome:
        """Note what hindered a round as a fault; nothing new on a road is none."""
        hindrance = outcome.hindrance
        if hindrance is not None and hindrance.number not in (NO_FAULT, NothingCarriedError.number):
            self._faults.note(hindrance)
        return outcome

    def shelf(self) -> Shelf | None:
        """Return today's snapshot of the shelf, or None before the first delivery."""
        today = self._kiosk.clock.today()
        if self._shelf is None or self._shelf[0] != today:
            shelf = self._kiosk.shelf()
            place = None if shelf.place is None else with_lists(shelf.place, risk_versions())
            self._shelf = (today, replace(shelf, place=place))
            self._media.clear()
        shelf = self._shelf[1]
        return shelf if shelf.place is not None else None

    def _elections(self) -> tuple[OnTheShelf, ...]:
        """Return the elections of the shelf; the same ones as long as it stays the same."""
        shelf = self.shelf()
        return shelf.elections if isinstance(shelf, Shelf) else ()

    def today(self) -> date:
        """Return the day at this place."""
        return self._kiosk.clock.today()

    def seed(self) -> int:
        """Return a fresh chance number."""
        return int.from_bytes(seal.random_bytes(4), "big")

    def media(self, name: str) -> bytes | None:
        """Return a picture or sound of the bundle; read once, for a question is drawn anew with every touch."""
        if name not in self._media:
            if len(self._media) >= KEPT_FILES:
                self._media.clear()
            self._media[name] = media(self._kiosk.vault, name)
        return self._media[name]

    def clip_ms(self, clip: ClipKey) -> int | None:
        """Return how long a clip plays; what the bundle brings comes before the kiosk's own."""
        live = self._said_live.get(clip)
        if live is not None:
            return live.ms
        brought = None if self._shelf is None else self._shelf[1].clips.get(clip)
        own = self._own_clips.get(clip)
        return brought if brought is not None or own is None else own[1]

    def clip(self, clip: ClipKey) -> bytes | None:
        """Return a clip; a file that is gone is silent."""
        live = self._said_live.get(clip)
        if live is not None:
            return live.data
        brought = None if self._shelf is None else self._shelf[1].clips.get(clip)
        if brought is not None:
            return shelf_clip(self._kiosk.vault, clip, brought)
        path, _ = self._own_clips.get(clip, (None, 0))
        return path.read_bytes() if path is not None and path.is_file() else None

    def ears(self) -> Ears:
        """Return the volume that is set, and what was last seen of headphones."""
        return Ears(self._kiosk.home.volume, self._alone)

    def _read_lists(self) -> None:
        self.risk_lists()

    def _look_for_headphones(self) -> None:
        self._alone = speech.headphones_in(_mixer())

    def new_comeback(self, form: bytes, then: Callable[[ComeBack | WingVoiceError], None]) -> None:
        """Give the one that was drawn ahead, once; without one, draw it off the screen's thread."""
        ready = self._drawn.pop(form, None)
        if ready is None:
            self.same_comeback(comeback.drawn(seal.random_bytes(16)), form, then)
        else:
            then(ready)
        self._draw_ahead(form)

    def same_comeback(self, secret: Secret, form: bytes, then: Callable[[ComeBack | WingVoiceError], None]) -> None:
        """Derive off the screen's thread, behind nothing but what is being handed in."""
        self._clerk.ask(lambda: self._kiosk.come_back(secret, form), then)

    def new_reply_code(self, then: Callable[[ReplyCode | WingVoiceError], None]) -> None:
        """Give the one that was drawn ahead, once; without one, draw it off the screen's thread."""
        ready, self._drawn_reply = self._drawn_reply, None
        if ready is None:
            self._clerk.ask(self._kiosk.new_reply_code, then)
        else:
            then(ready)
        self._clerk.ask(self._kiosk.new_reply_code, self._keep_reply_code)

    def _keep_reply_code(self, result: ReplyCode | WingVoiceError) -> None:
        if isinstance(result, ReplyCode):
            self._drawn_reply = result

    def reply_to(self, code: Code, then: Callable[[Reply | WingVoiceError | None], None]) -> None:
        """Look off the screen's thread, behind nothing but what is being handed in; a reply gets its voice there."""

        def found() -> tuple[Reply | None, dict[ClipKey, Clip]]:
            reply = reply_to(self._kiosk.vault, code)
            if reply is None or self._speaker is None:
                return reply, {}
            return reply, live_voice.spoken(self._speaker, reply.text)

        def back(result: tuple[Reply | None, dict[ClipKey, Clip]] | WingVoiceError) -> None:
            if isinstance(result, WingVoiceError):
                then(result)
                return
            reply, self._said_live = result
            then(reply)

        self._clerk.ask(found, back)

    def forget(self) -> None:
        """Drop what was spoken for one person alone."""
        self._said_live = {}

    def _draw_ahead(self, form: bytes) -> None:
        def keep(result: ComeBack | WingVoiceError) -> None:
            if isinstance(result, ComeBack):
                self._drawn[form] = result

        self.same_comeback(comeback.drawn(seal.random_bytes(16)), form, keep)

    def shuffled_digits(self) -> str:
        """Return the ten digits in a fresh order."""
        return "".join(seal.shuffled("0123456789"))

    def alert(self, queue: Alert) -> None:
        """Tell nobody: the road to the duty desk is yet to come, and nothing is kept here that could tell of a record.

        Until it is there, text boxes are open at demonstrations only (models.consultation.text_allowed), and these say
        that no staff are told.
        """

    def hand_in(self, record: Record, opened: Opened, then: Callable[[WingVoiceError | None], None]) -> None:
        """Seal and store off the screen's thread."""
        public = opened.campaign_public
        self._clerk.ask(
            lambda: self._kiosk.hand_in(record, public),
            lambda result: then(result if isinstance(result, WingVoiceError) else None),
        )

    def pin(self, digits: str) -> PinVerdict:
        """Return whether these digits open the staff page."""
        return self._staff.knock(digits)

    def roads(self) -> tuple[str, ...]:
        """Return the roads that this kiosk has; a stick that is not in yet is said in words when it is asked for."""
        home = self._kiosk.home
        return (*(("network",) if home.central else ()), *(("stick",) if home.stick is not None else ()))

    def dock(
        self,
        road: str,
        progress: Callable[[float, Told], None],
        then: Callable[[Docked], None],
        *,
        outdated: bool = False,
    ) -> None:
        """Make one round on the postman's thread."""
        as_of = self._accept_at if outdated else None

        def doing(share: float, told: Told) -> None:
            self._postman.tell(lambda: progress(share, told))

        def back(result: RoundOutcome | WingVoiceError) -> None:
            self._shelf = None
            if isinstance(result, WingVoiceError):
                then(Docked((told_of(result),)))
            else:
                self._accept_at = result.accept_at
                then(Docked(result.told, outdated=result.accept_at is not None))

        self._postman.ask(lambda: self._noted(self._kiosk.round(self._kiosk.courier(road), doing, as_of)), back)

    def service_facts(self) -> ServiceFacts:
        """Return what the staff page shows."""
        vault, shelf = self._kiosk.vault, self.shelf()
        last = vault.last_round()
        return ServiceFacts(
            band=outbox.band(vault, self.today()),
            bundle=0 if shelf is None else shelf.number,
            last_round=() if last is None else tuple(Noted(last[0], one) for one in read_told(last[1])),
            protection=self._kiosk.protection,
            test_keys=True,  # until a customer's build carries its root as a constant
            faults=self._faults.read(),
            program=version(),
        )

    def note_fault(self, error: Exception) -> None:
        """Keep it by day, off the screen's thread."""
        self._clerk.ask(lambda: self._faults.note(fault_told(error)), lambda _nothing: None)

    def keep_screen(self, mm_per_px: float, then: Callable[[WingVoiceError | None], None]) -> None:
        """Write it into kiosk.toml, off the screen's thread."""

        def keep() -> None:
            self._kiosk.home = keep_screen(self._kiosk.home, mm_per_px)

        self._clerk.ask(keep, lambda result: then(result if isinstance(result, WingVoiceError) else None))
