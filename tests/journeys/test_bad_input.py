"""What comes in wrong is refused in plain words, and all stands as it stood: at central, on the stick, on a wing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from kiosk.no_vault import NoVaultDoors
from kiosk.presenters.out_of_service import OutOfServiceView
from kiosk.presenters.pin import PinView
from kiosk.presenters.service import ServiceView
from models.errors import VaultCorruptError
from sync.stick import KEEP_FREE_BYTES
from tests.central.desks import tree, untouched
from tests.central.workbooks import a_draft
from tests.journeys.establishment import PIN
from tests.journeys.front import Front, front_of
from tests.journeys.house import BentKiosk, House, copied, held, unchanged_but_for_what_staff_are_told
from tests.kiosk.scratch import MovedClock
from tests.models.vaults import every_row

WRONG = "9182736450"


@pytest.fixture(scope="session")
def answered_house(standing_house: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house in whose pool fourteen parts wait. Copy it, never use it."""
    house = copied(standing_house, tmp_path_factory.mktemp("journeys") / "answered")
    with house.kiosk_open() as kiosk, front_of(kiosk) as front:
        for seed in range(14):
            front.resident(Random(seed), "en", "thank")
        front.staff(PIN)  # the page notes the day's band of how many wait, once a day
        assert held(kiosk.vault) == (14, 0)
    return house


@pytest.fixture
def house(answered_house: House, tmp_path: Path) -> House:
    return copied(answered_house, tmp_path / "house")


@pytest.fixture
def clock(house: House) -> MovedClock:
    return house.clock()


@pytest.fixture
def kiosk(house: House, clock: MovedClock) -> Iterator[BentKiosk]:
    with house.kiosk_open(clock=clock) as kiosk:
        yield kiosk


@pytest.fixture
def front(kiosk: BentKiosk) -> Iterator[Front]:
    with front_of(kiosk) as front:
        yield front


# A workbook with a mistake: sheet, row, column and reason, exit code 2, nothing written.


def test_a_mistake_in_a_workbook_is_named_by_sheet_row_and_column_and_nothing_is_written(
    empty_house: House, tmp_path: Path
) -> None:
    good, broken = tmp_path / "good.xlsx", tmp_path / "broken.xlsx"
    good.write_bytes(a_draft().bytes())
    broken.write_bytes(a_draft().put("survey", 4, "relevant", "${nobody} = 'yes'").bytes())
    with untouched(empty_house.root):
        out, err = empty_house.desk("author", str(good), str(broken), code=2)
        assert out == ""
        named = next(line for line in err.splitlines() if "nobody" in line)
        assert named.split()[:3] == ["survey", "E4", "relevant"]
        assert "broken.xlsx: 1 problem." in err
        assert "Nothing was written." in err
        out, _ = empty_house.desk("author", str(broken), "--json", code=2)
    (refusal,) = json.loads(out)["refusals"]
    assert (refusal["workbook"], refusal["sheet"], refusal["row"]) == ("broken.xlsx", "survey", 4)
    assert refusal["cell"].startswith("E4")
    assert refusal["sentence"]


# A tampered, unsigned or older bundle: refused in plain words on the service screen, shelf unchanged.


def tampered(delivery: Path) -> None:
    """Change one word of a notice; length stays."""
    notice = next(path for path in delivery.rglob("*.json") if b"Two phones work" in path.read_bytes())
    notice.write_bytes(notice.read_bytes().replace(b"Two phones work", b"Six phones work"))


def unsigned(delivery: Path) -> None:
    """Take the signatures from what says which files are newest."""
    timestamp = delivery / "metadata" / "timestamp.json"
    timestamp.write_text(json.dumps(json.loads(timestamp.read_bytes()) | {"signatures": []}))


def half_copied(delivery: Path) -> None:
    """Leave out a file, as somebody who copies by hand does."""
    next(path for path in delivery.rglob("*.json") if b"Two phones work" in path.read_bytes()).unlink()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (tampered, "A file on the stick is damaged or was changed. Nothing was changed. Please use another stick."),
        (half_copied, "A file on the stick is damaged or was changed. Nothing was changed. Please use another stick."),
        (
            unsigned,
            "This content does not come from our press. Nothing was changed. Keep the stick and call support.",
        ),
    ],
)
def test_a_bundle_that_is_not_as_it_was_signed_is_refused_on_the_staff_page(
    house: House, kiosk: BentKiosk, front: Front, spoil: Callable[[Path], None], sentence: str
) -> None:
    assert house.facts("press", "--no-sound")["number"] == 2
    house.take_in()
    spoil(house.stick / "wingvoice" / "delivery")
    with unchanged_but_for_what_staff_are_told(kiosk.vault):
        assert sentence in front.dock(PIN, "stick")
    assert bundle_on_the_staff_page(front) == "Number 1"
    house.take_in()  # central writes the stick anew
    assert "New content was installed: bundle 2." in front.dock(PIN, "stick")
    assert held(kiosk.vault) == (14, 0)


def test_an_older_bundle_is_refused_on_the_staff_page(house: House, kiosk: BentKiosk, front: Front) -> None:
    delivery = house.stick / "wingvoice" / "delivery"
    shutil.copytree(delivery, house.root / "forgotten")
    house.facts("press", "--no-sound")
    house.take_in()
    front.dock(PIN, "stick")
    shutil.rmtree(delivery)
    shutil.copytree(house.root / "forgotten", delivery)
    with unchanged_but_for_what_staff_are_told(kiosk.vault):
        said = front.dock(PIN, "stick")
    assert (
        "This stick holds older content than the kiosk already has. Nothing was changed. Ask for a newer stick." in said
    )
    assert bundle_on_the_staff_page(front) == "Number 2"


def bundle_on_the_staff_page(front: Front) -> str:
    parts = {tile.key: tile.small for tile in front.staff(PIN).tiles}
    front.touch("back")
    assert parts["content"] is not None
    return parts["content"].text


# A stick that is full, missing, pulled out, or full of other files: said in words, nothing lost.


def everything_arrives(house: House, kiosk: BentKiosk, front: Front) -> None:
    """Show that nothing was lost: with a good stick all that was numbered comes to central and is erased here."""
    assert "1 parcel on the stick: bring it to central." in front.dock(PIN, "stick")
    assert house.take_in()["taken"] == 1
    assert "What central sent back was taken in." in front.dock(PIN, "stick")
    assert (held(kiosk.vault), len(house.read_sealed())) == ((3, 0), 11)


def parcels(stick: Path) -> list[str]:
    return [path.name for path in stick.rglob("*.wvb")]


def test_a_full_stick_is_said_in_words_and_nothing_is_lost(
    house: House, kiosk: BentKiosk, front: Front, clock: MovedClock
) -> None:
    clock.on(days=1)
    kiosk.free_bytes = lambda _folder: KEEP_FREE_BYTES
    said = front.dock(PIN, "stick")
    assert "The stick is full. 0 of 1 parcels fitted. Bring it to central and come back." in said
    assert (held(kiosk.vault), parcels(house.stick)) == ((3, 11), [])
    kiosk.free_bytes = None
    everything_arrives(house, kiosk, front)


def test_a_missing_stick_is_said_in_words_and_nothing_is_lost(
    house: House, kiosk: BentKiosk, front: Front, clock: MovedClock
) -> None:
    clock.on(days=1)
    pocket = house.stick.rename(house.root / "pocket")
    said = front.dock(PIN, "stick")
    assert "The stick is not there any more. Nothing is lost. Put a stick in and try again." in said
    assert sum(held(kiosk.vault)) == 14
    assert not house.stick.exists(), "answers never go where a stick should be"
    pocket.rename(house.stick)
    everything_arrives(house, kiosk, front)


def test_a_stick_pulled_out_in_the_middle_is_said_in_words_and_nothing_is_lost(
    house: House, kiosk: BentKiosk, front: Front, clock: MovedClock
) -> None:
    clock.on(days=1)
    pocket = house.root / "pocket"

    def pull(_folder: int) -> int:
        """Take the stick just as a parcel is to be written; its place stays, as an empty folder."""
        house.stick.rename(pocket)
        house.stick.mkdir()
        return 1 << 30

    kiosk.free_bytes = pull
    said = front.dock(PIN, "stick")
    assert "The stick is not there any more. Nothing is lost. Put a stick in and try again." in said
    assert held(kiosk.vault) == (3, 11)
    assert tree(house.stick) == {}
    kiosk.free_bytes = None
    house.stick.rmdir()
    pocket.rename(house.stick)
    everything_arrives(house, kiosk, front)


def test_a_stick_full_of_other_files_carries_and_the_files_stay_as_they_were(
    house: House, kiosk: BentKiosk, front: Front, clock: MovedClock
) -> None:
    clock.on(days=1)
    ours = kiosk.keys.kiosk.hex()
    for name in (
        "holiday photos.txt", "autorun.inf", "wingvoice/README.txt", "wingvoice/up/homework.doc",
        f"wingvoice/up/{ours}/song.mp3", f"wingvoice/down/{ours}/0000000001-0123456789abcdef.wvr",
        f"wingvoice/down/{ours}/.hidden",
    ):  # fmt: skip
        path = house.stick / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a stick has a life of its own")
    theirs = {name: data for name, data in tree(house.stick).items() if data == b"a stick has a life of its own"}
    assert len(theirs) == 7
    everything_arrives(house, kiosk, front)
    assert tree(house.stick).items() >= theirs.items()


def test_a_stick_that_would_confuse_names_is_refused_in_words_and_nothing_is_lost(
    house: House, kiosk: BentKiosk, front: Front
) -> None:
    down = house.stick / "wingvoice" / "down" / kiosk.keys.kiosk.hex()
    for name in ("Readme", "README"):
        (down / name).write_bytes(b"")
    with unchanged_but_for_what_staff_are_told(kiosk.vault), untouched(house.stick):
        said = front.dock(PIN, "stick")
    assert "This stick has files that do not belong here. Nothing was changed. Use a clean stick." in said


# A wrong PIN: counted, slowed down.


def test_a_wrong_pin_is_counted_and_slows_everybody_down(kiosk: BentKiosk, front: Front, clock: MovedClock) -> None:
    before = all_but_tries(kiosk)
    front.touch("logo_held")
    said = []
    for _ in range(5):
        view = front.type_pin(WRONG)
        assert isinstance(view, PinView)
        assert view.trouble is not None
        said.append(view.trouble.text)
    assert said == ["That PIN is not right. Try again."] * 4 + ["That PIN is not right. Minutes to wait: 1."]
    assert kiosk.vault.setting("tries") == b"5"
    assert isinstance(front.type_pin(PIN), PinView), "while the wait lasts the right PIN is not tried either"
    assert kiosk.vault.setting("tries") == b"5"
    clock.seconds += 61
    assert front.type_pin(WRONG).trouble.text == "That PIN is not right. Minutes to wait: 2."
    clock.seconds += 121
    assert isinstance(front.type_pin(PIN), ServiceView)
    assert kiosk.vault.setting("tries") == b"0"
    assert all_but_tries(kiosk) == before


def all_but_tries(kiosk: BentKiosk) -> dict[str, list[tuple[object, ...]]]:
    rows = every_row(kiosk.vault)
    return rows | {"settings": [row for row in rows["settings"] if row[0] != "tries"]}


# A damaged vault file: the kiosk says "call staff" and does not overwrite it.


def one_bit(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def settled(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what looking at the file lays beside it: an index, and a log with nothing in it."""
    return {name: data for name, data in files.items() if not name.endswith("-shm") and (data or "-wal" not in name)}


@pytest.mark.parametrize(
    "damage",
    [one_bit, lambda data: data[:-4096], lambda _data: b"", lambda data: b"SQLite format 3\0" + data[16:]],
    ids=["one bit turned", "last page gone", "emptied", "head overwritten"],
)
def test_a_damaged_vault_calls_staff_and_is_left_as_it_is(house: House, damage: Callable[[bytes], bytes]) -> None:
    vault = house.home().vault
    whole = vault.read_bytes()
    vault.write_bytes(damage(whole))
    before = settled(tree(house.root))
    with pytest.raises(VaultCorruptError) as corrupt, house.kiosk_open():
        pass
    assert settled(tree(house.root)) == before
    front = Front(NoVaultDoors())
    front.turn.fail(corrupt.value)
    assert isinstance(front.sees, OutOfServiceView)
    assert front.sees.number == "403"
    assert "Staff: please pass on this number." in [said.text for said in front.sees.body]
    front.touch("logo_held")
    assert isinstance(front.type_pin(PIN), PinView), "no PIN opens anything without a vault"
    vault.write_bytes(whole)
    with house.kiosk_open() as kiosk:
        assert held(kiosk.vault) == (14, 0)
