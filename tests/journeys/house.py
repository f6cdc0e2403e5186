"""HMP Example within the test's own process: central's command line called directly, kiosks joined by the real wiring.

Rule 1: the programs are the ones that people use; only `serve` needs a process, and establishment.py has it.
Rule 2: a house is made once and copied; a test may spoil its copy.
"""

from __future__ import annotations

import io
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from kiosk.enrolled import Clock, Kiosk
from kiosk.enrolment import enrol
from kiosk.home import Home
from models import seal
from models.keyring import Keyfile
from models.questionnaire import Text, read_questionnaire
from models.record import ReadRecord, read_record
from models.tables import OutboxRow, PoolRow
from models.vault import Vault
from sync.central.__main__ import main
from sync.central.authoring.demonstration import CAMPAIGN, ESTABLISHMENT
from sync.central.keychest import Chest
from sync.central.ledger import RecordRow, open_ledger
from sync.central.opened import OpenedStore
from sync.central.results.projection import nodes_by_path
from sync.courier import Courier
from sync.courier_network import NetworkCourier
from sync.courier_stick import StickCourier
from tests.journeys.establishment import PASSPHRASE, PIN, Establishment
from tests.journeys.front import Handed
from tests.kiosk.scratch import MovedClock
from tests.models.vaults import every_row

KIOSK: Final = "kiosk"
WING: Final = "a"
Part = tuple[bytes, str, str, tuple[tuple[str, str], ...]]
"""One handed-in part without its words: questionnaire, module, language as results keep it, answers."""


class BentKiosk(Kiosk):
    """A real kiosk whose roads a test may bend: another address, a stick with less room."""

    def __init__(self, home: Home, clock: Clock) -> None:
        super().__init__(home, Keyfile(home.keyfile or Path()), clock)
        self.address = home.central
        self.free_bytes: Callable[[int], int] | None = None

    def courier(self, road: str, stick: Path | None = None) -> Courier:
        """Return the road as it is; a closed line is tried twice, without waiting in between."""
        folder = stick or self.home.stick
        if road == "network" and self.address is not None:
            return NetworkCourier(self.address, self.keys.kiosk, tries=2, wait_first_s=0.0)
        if road == "stick" and folder is not None:
            return StickCourier(folder, self.keys.kiosk, self.free_bytes)
        return super().courier(road, stick)


@dataclass(frozen=True)
class House(Establishment):
    """An establishment whose central stands in this process."""

    def desk(self, *words: str, code: int = 0) -> tuple[str, str]:
        """Run a command of central's; return stdout and stderr."""
        out, err = io.StringIO(), io.StringIO()
        ended: object = None
        with redirect_stdout(out), redirect_stderr(err):
            try:
                main(["--home", str(self.central_home), *words])
            except SystemExit as end:
                ended = end.code or 0
        assert ended == code, f"{words}: exit {ended}\n{out.getvalue()}{err.getvalue()}"
        return out.getvalue(), err.getvalue()

    def facts(self, *words: str) -> Any:  # noqa: ANN401 - whatever the command prints
        return json.loads(self.desk(*words, "--json")[0])

    def furnish(self) -> None:
        """Hold the ceremony, author and press the example content: bundle 1."""
        self.stick.mkdir(parents=True)
        (self.root / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
        self.desk(
            "ceremony", "--establishment", ESTABLISHMENT, "--campaign", CAMPAIGN,
            "--passphrase-file", str(self.root / "passphrase"),
        )  # fmt: skip
        self.lay_content(datetime.now(UTC).astimezone().date())
        self.desk("press", "--no-sound")  # tests/central/test_voice.py has the sound

    def home(self, central: str | None = None, name: str = KIOSK) -> Home:
        """Return the home of this house's kiosk: by network where an address is given, else by stick."""
        stick = None if central else self.stick
        return Home(self.kiosk_home(name), central=central, stick=stick, keyfile=self.root / f"{name}.key")

    def clock(self) -> MovedClock:
        return MovedClock(day=datetime.now(UTC).astimezone().date())

    def make_kiosk(self, central: str | None = None, name: str = KIOSK, wing: str = WING) -> None:
        """Enrol a kiosk, on A wing unless said otherwise; where there is no address, all by stick."""
        home = self.home(central, name)
        root = (self.central_home / "public" / "root.json").read_bytes()
        enrol(home, Keyfile(self.root / f"{name}.key"), root, PIN)
        with self.kiosk_open(central, name=name) as kiosk:
            road = "network" if central else "stick"
            kiosk.dock(road)
            self._at_central(central)
            digits = kiosk.digits()
            self.desk(
                "enrol", kiosk.keys.kiosk.hex(), "--digits", digits, "--establishment", ESTABLISHMENT, "--wing", wing
            )
            self._at_central(central)
            outcome = kiosk.dock(road)
            assert outcome.delivery is not None, outcome
            kiosk.dock(road)  # its request is settled, and goes from the stick

    def _at_central(self, central: str | None) -> None:
        if central is None:
            self.take_in()

    @contextmanager
    def kiosk_open(
        self, central: str | None = None, clock: MovedClock | None = None, name: str = KIOSK
    ) -> Iterator[BentKiosk]:
        """Give the kiosk with its vault open."""
        kiosk = BentKiosk(self.home(central, name), (clock or self.clock()).clock())
        try:
            yield kiosk
        finally:
            kiosk.close()

    def take_in(self) -> Any:  # noqa: ANN401 - the report as JSON
        """Let central take in the stick."""
        return self.facts("intake", str(self.stick))

    def unseal(self) -> Any:  # noqa: ANN401 - the report as JSON
        """Open what may be opened."""
        return self.facts("open", "--campaign", CAMPAIGN, "--passphrase-file", str(self.root / "passphrase"))

    def store(self) -> OpenedStore:
        return OpenedStore(self.central_home / "opened.sqlite")

    def read_sealed(self) -> list[ReadRecord]:
        """Open every record in the ledger with the campaign's key, as nobody but the opening desk could."""
        private = Chest(self.central_home).campaign_private(CAMPAIGN, PASSPHRASE)
        forms = {bytes(seal.digest(data)): read_questionnaire(data) for data in self.forms().values()}
        ledger = open_ledger(self.central_home / "ledger.db")
        try:
            with ledger.reading() as session:
                rows = session.scalars(sa.select(RecordRow)).all()
                return [
                    read_record(seal.open_record(row.sealed, seal.Digest(row.form), forms[row.form].purpose, private))
                    for row in rows
                ]
        finally:
            ledger.close()

    def forms(self) -> Mapping[str, bytes]:
        """Return the questionnaires by id, as canonical bytes."""
        return {
            path.stem: path.read_bytes() for path in (self.central_home / "content" / "questionnaires").glob("*.json")
        }

    def part(self, form: bytes, module: str, language: str, answers: Mapping[str, str]) -> Part:
        """Return a part as two ends can compare it: typed words apart."""
        read = next(read_questionnaire(data) for data in self.forms().values() if seal.digest(data) == form)
        nodes = nodes_by_path(read)
        marked = tuple(sorted((path, text) for path, text in answers.items() if not isinstance(nodes[path], Text)))  # type: ignore[index]
        return form, module, language if language in {"en", "cy"} else "other", marked

    def said_at_the_kiosk(self, handed: Sequence[Handed]) -> Counter[Part]:
        return Counter(self.part(one.form, one.module, one.language, one.answers) for one in handed)

    def counted_at_central(self) -> Counter[Part]:
        return Counter(
            self.part(turn.form, turn.module, turn.language, turn.answers)  # type: ignore[arg-type]
            for turn in self.store().turns()
        )


def copied(house: House, into: Path) -> House:
    """Return a copy of a house that stands still."""
    shutil.copytree(house.root, into)
    return House(into)


def held(vault: Vault) -> tuple[int, int]:
    """Return how many records lie in the pool and in the outbox."""
    with vault.reading() as session:
        counts = [session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0 for kind in (PoolRow, OutboxRow)]
    return counts[0], counts[1]


@contextmanager
def unchanged_but_for_what_staff_are_told(vault: Vault) -> Iterator[None]:
    """Prove that nothing in the vault changes meanwhile, but for the last round and the faults that staff read of."""

    def all_else() -> dict[str, list[tuple[object, ...]]]:
        rows = every_row(vault) | {"rounds": []}
        return rows | {"settings": [row for row in rows["settings"] if row[0] != "faults"]}

    before = all_else()
    yield
    assert all_else() == before
