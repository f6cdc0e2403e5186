"""Doors in memory: what the wiring gives to a turn, with no file, thread or clock behind it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kiosk.presenters.doors import Alert, Docked, Ears, KioskLanguage, PinVerdict, ServiceFacts
from kiosk.presenters.every_page import View
from kiosk.presenters.keyboard import Keyboard, read_keyboard
from kiosk.presenters.shown import Said
from kiosk.presenters.turn import Turn
from kiosk.shipped import LANGUAGE_ORDER
from kiosk.sitting import Opened, Shelf
from kiosk.wording import Wording, read_language
from models.clips import ClipKey
from models.comeback import Code, ComeBack, ReplyCode, Secret, written_for_a_reply
from models.consultation import Consultation, PlaceFile
from models.elections import OnTheShelf
from models.errors import WingVoiceError
from models.noticeboard import Notice
from models.questionnaire import Questionnaire
from models.record import Record
from models.reply import Reply
from models.risk import RiskList, read_list
from sync.told import Told, told
from tests.kiosk.booths import MemoryBooth
from tests.kiosk.threshold import go_through

ASSETS = Path(__file__).parent.parent.parent / "assets"
TAGS = ("en", "cy", "pl", "ar")
LANGUAGES = tuple(tag for tag in LANGUAGE_ORDER if (ASSETS / "locale" / tag / "language.toml").exists())
PIN = "4930217586"
SENT = Docked((told("Sent 1 parcel, and central has confirmed."),))
A_SECRET = Secret((5, 17, 42, 63), "0307")
A_REPLY_SECRET = Secret((23, 38, 55, 60), "03071")


@cache
def the_wording() -> Wording:
    """Return the kiosk's real words, compiled from the catalogues in assets/locale."""
    catalogues = {}
    languages = []
    for tag in LANGUAGES:
        folder = ASSETS / "locale" / tag
        compiled = BytesIO()
        with (folder / "kiosk.po").open("rb") as file:
            write_mo(compiled, read_po(file, locale=tag))
        compiled.seek(0)
        catalogues[tag] = GNUTranslations(compiled)
        languages.append(read_language(tag, tomllib.loads((folder / "language.toml").read_text(encoding="utf-8"))))
    return Wording(tuple(languages), catalogues)


@cache
def a_keyboard(tag: str) -> Keyboard:
    """Return a real keyboard of assets/keyboards."""
    return read_keyboard(tomllib.loads((ASSETS / "keyboards" / f"{tag}.toml").read_text(encoding="utf-8")))


@cache
def the_risk_lists() -> tuple[RiskList, ...]:
    """Return the real lists of assets/risk."""
    files = sorted((ASSETS / "risk").glob("*.toml"))
    return tuple(read_list(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in files)


@dataclass(frozen=True)
class MemoryOpened:
    """An open consultation, as models.shelf would make it."""

    consultation: Consultation
    questionnaire: Questionnaire
    form: bytes = b"\x07" * 32
    campaign_public: bytes = b"\x09" * 32


@dataclass(frozen=True)
class MemoryShelf:
    """A shelf's snapshot, as models.shelf would make it."""

    number: int = 7
    place: PlaceFile | None = None
    consultations: tuple[Opened, ...] = ()
    notices: tuple[Notice, ...] = ()
    has_replies: bool = False
    elections: tuple[OnTheShelf, ...] = ()


@dataclass
class FakeDoors:
    """Answers at once, except where a test holds the answer back (`patient`)."""

    on_shelf: Shelf | None = None
    patient: bool = False
    error: WingVoiceError | None = None
    wait_s: int = 0
    open_roads: tuple[str, ...] = ("network", "stick")
    facts: ServiceFacts = field(
        default_factory=lambda: ServiceFacts("under 10", 7, (), "keyfile", test_keys=True, program=(0, 1, 0))
    )
    records: list[Record] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    docked: list[str] = field(default_factory=list)
    held_back: list[Callable[[], None]] = field(default_factory=list)
    progress: Callable[[float, Told], None] | None = None
    docking: Docked = SENT
    faults: list[Exception] = field(default_factory=list)
    screens: list[float] = field(default_factory=list)  # millimetres a pixel, as staff measured them
    files: dict[str, bytes] = field(default_factory=dict)
    clips: dict[str, int] = field(default_factory=dict)  # the milliseconds that each plays
    heard: Ears = field(default_factory=Ears)
    forgot: int = 0
    replies: dict[tuple[tuple[int, ...], str], Reply] = field(default_factory=dict)
    codes_drawn: int = 0
    booth: MemoryBooth = field(default_factory=MemoryBooth)

    def shelf(self) -> Shelf | None:
        return self.on_shelf

    def today(self) -> date:
        return date(2026, 11, 22)

    def seed(self) -> int:
        return 42

    def new_comeback(self, form: bytes, then: Callable[[ComeBack | WingVoiceError], None]) -> None:
        self.same_comeback(A_SECRET, form, then)

    def same_comeback(self, secret: Secret, form: bytes, then: Callable[[ComeBack | WingVoiceError], None]) -> None:
        """Quick, and as the real one: the same for the same secret and questionnaire, else another."""
        link = hashlib.sha256(secret.spelled + form).hexdigest()
        self._back(lambda: then(ComeBack(secret, link, 42) if self.error is None else self.error))

    def new_reply_code(self, then: Callable[[ReplyCode | WingVoiceError], None]) -> None:
        """Quick, and another one each time, as the real one."""
        self.codes_drawn += 1
        public = hashlib.sha256(b"%d" % self.codes_drawn).hexdigest()
        code = ReplyCode(written_for_a_reply(A_REPLY_SECRET, "HMX"), public)
        self._back(lambda: then(code if self.error is None else self.error))

    def reply_to(self, code: Code, then: Callable[[Reply | WingVoiceError | None], None]) -> None:
        reply = self.replies.get((code.pictures, code.digits))
        self._back(lambda: then(reply if self.error is None else self.error))

    def shuffled_digits(self) -> str:
        return "3816409725"

    def hand_in(self, record: Record, opened: Opened, then: Callable[[WingVoiceError | None], None]) -> None:
        if self.error is None:
            self.records.append(record)
        self._back(lambda: then(self.error))

    def risk_lists(self) -> tuple[RiskList, ...]:
        return the_risk_lists()

    def alert(self, queue: Alert) -> None:
        self.alerts.append(queue)

    def pin(self, digits: str) -> PinVerdict:
        return PinVerdict(accepted=digits == PIN, wait_s=0 if digits == PIN else self.wait_s)

    def roads(self) -> tuple[str, ...]:
        return self.open_roads

    def dock(
        self,
        road: str,
        progress: Callable[[float, Told], None],
        then: Callable[[Docked], None],
        *,
        outdated: bool = False,
    ) -> None:
        self.docked.append(f"{road}, outdated" if outdated else road)
        self.progress = progress
        self._back(lambda: then(self.docking))

    def note_fault(self, error: Exception) -> None:
        self.faults.append(error)

    def keep_screen(self, mm_per_px: float, then: Callable[[WingVoiceError | None], None]) -> None:
        if self.error is None:
            self.screens.append(mm_per_px)
        self._back(lambda: then(self.error))

    def _back(self, answer: Callable[[], None]) -> None:
        if self.patient:
            self.held_back.append(answer)
        else:
            answer()

    def come_back(self) -> None:
        """Let everything that was held back arrive now, in order."""
        waiting, self.held_back = self.held_back, []
        for answer in waiting:
            answer()

    def service_facts(self) -> ServiceFacts:
        return self.facts

    def media(self, name: str) -> bytes | None:
        return self.files.get(name)

    def clip_ms(self, clip: ClipKey) -> int | None:
        return self.clips.get(clip)

    def clip(self, clip: ClipKey) -> bytes | None:
        return self.files.get(f"{clip}.ogg")

    def forget(self) -> None:
        self.forgot += 1

    def ears(self) -> Ears:
        return self.heard

    def languages(self) -> tuple[KioskLanguage, ...]:
        return the_wording().languages

    def say(self, context: str, msgid: str, tag: str, **facts: object) -> Said:
        return the_wording().say(context, msgid, tag, **facts)

    def keyboard(self, tag: str) -> Keyboard:
        return a_keyboard(tag if tag in LANGUAGES else "en")


class Person:
    """Somebody at the screen: sees the last View and touches what is on it."""

    def __init__(self, doors: FakeDoors) -> None:
        self.doors = doors
        self.sees: Any = None  # the View; a test knows which one it expects
        self.turn = Turn(doors, self._show)
        self.turn.start()

    def _show(self, view: View) -> None:
        self.sees = view

    def touch(self, verb: str, *what: object) -> Any:  # noqa: ANN401 - as `sees`
        """Touch a control of the screen that is shown, by the name the screen itself would use."""
        getattr(self.turn.presenters[self.screen], f"touch_{verb}")(*what)
        return self.sees

    def begin(self, tile: str = "take-part") -> Any:  # noqa: ANN401 - as `sees`
        """Touch a tile of Home, and go through what stands before the first question."""
        self.touch("tile", tile)
        return self.go_through()

    def go_through(self) -> Any:  # noqa: ANN401 - as `sees`
        """Go on from there; elsewhere do nothing."""
        go_through(self.turn, self.touch)
        return self.sees

    def understand(self) -> Any:  # noqa: ANN401 - as `sees`
        """Let what is said before a text box opens stand long enough, and go on to the box."""
        self.turn.idle(3)
        self.turn.idle(0)  # a touch
        return self.touch("onward")

    @property
    def screen(self) -> str:
        """The screen's name, as the app's table would find it."""
        return type(self.sees).__module__.rsplit(".", 1)[1]
