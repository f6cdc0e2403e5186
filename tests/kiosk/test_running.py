"""A kiosk being run: on a screen that can be seen, with a vault that opens, or in words why not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import running
from kiosk.enrolled import Kiosk, provider_for
from kiosk.enrolment import enrol
from kiosk.home import read_home
from kiosk.no_vault import NoVaultDoors
from kiosk.presenters.every_page import View
from kiosk.presenters.out_of_service import OutOfServiceView
from kiosk.presenters.turn import Turn
from kiosk.presenters.welcome import WelcomeView
from kiosk.wiring import KioskDoors
from models.errors import VaultError
from models.keyring import Keyfile
from tests.central.desks import tree
from tests.kiosk.conftest import Drive
from tests.kiosk.driver import Driver
from tests.kiosk.scratch import PIN, MovedClock, a_home, a_root, an_enrolled_kiosk

pytestmark = pytest.mark.screens
HOUSE = Path(__file__).parents[2]

# As `wingvoice-kiosk start --windowed`, with somebody who looks at the twentieth picture and closes the window. The
# name of SDL's driver is all that is made up: this screen is real, though nobody sees it.
LOOK_AND_CLOSE = """
import sys
from pathlib import Path
from kiosk import running
from kiosk.app import KioskApp
from kivy.clock import Clock

left = [20]

def look(_dt):
    left[0] -= 1
    if left[0] == 0:
        app = KioskApp.get_running_app()
        print(type(app.view).__name__, getattr(app.view, "number", ""), app.root.current)
        app.stop()

running._driver = lambda: "seen"
Clock.schedule_interval(look, 0)
sys.exit(running.run_kiosk(Path(sys.argv[1]), windowed=True, unlock=lambda: ""))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a kiosk that was enrolled and is switched off."""
    an_enrolled_kiosk(tmp_path, MovedClock()).close()
    return tmp_path / "kiosk"


def program(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "DISPLAY" and not name.startswith("KIVY")}
    env |= {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy", "KIVY_HOME": str(tmp_path / "kivy-home")}
    env |= {"KIVY_NO_ARGS": "1", "KIVY_LOG_MODE": "PYTHON"}
    return subprocess.run(
        [sys.executable, *words], cwd=HOUSE, env=env, capture_output=True, text=True, check=False, timeout=120
    )


def damage(folder: Path) -> bytes:
    """Turn one bit in the middle of the vault; return what the file is now."""
    vault = folder / "vault.db"
    data = vault.read_bytes()
    middle = len(data) // 2
    vault.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
    return vault.read_bytes()


def refused(folder: Path) -> tuple[NoVaultDoors, VaultError]:
    """Open a kiosk whose vault does not open; return what stands in its place, and why."""
    kiosk, doors, trouble = running._opened(read_home(folder), lambda: "", lambda errand: errand(), lambda _error: None)
    assert kiosk is None
    assert isinstance(doors, NoVaultDoors)
    assert trouble is not None
    return doors, trouble


def test_a_screen_that_nobody_can_see_is_refused_with_69_and_the_kiosk_is_left_alone(
    folder: Path, tmp_path: Path
) -> None:
    before = tree(folder)
    done = program(tmp_path, "-m", "kiosk", "start", "--home", str(folder), "--windowed")
    assert (done.returncode, done.stdout) == (69, "")
    assert "There is no screen that anybody could see." in done.stderr
    assert tree(folder) == before


def test_a_folder_without_a_kiosk_is_a_sentence_and_can_still_be_enrolled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = a_home(tmp_path)
    assert running.run_kiosk(home.folder, windowed=True, unlock=lambda: "") == 2
    assert "It must be enrolled" in capsys.readouterr().err
    assert not home.folder.exists()
    enrol(home, Keyfile(tmp_path / "kiosk.key"), a_root(), PIN)
    Kiosk(home, provider_for(home)).close()


def test_an_enrolled_kiosk_shows_welcome_and_leaves_its_vault_free_when_it_is_closed(
    folder: Path, tmp_path: Path
) -> None:
    done = program(tmp_path, "-c", LOOK_AND_CLOSE, str(folder))
    assert (done.returncode, done.stdout.split()) == (0, ["WelcomeView", "welcome"]), done.stderr
    Kiosk(read_home(folder), provider_for(read_home(folder))).close()


def test_a_damaged_vault_shows_out_of_service_with_its_number_and_is_not_overwritten(
    folder: Path, tmp_path: Path
) -> None:
    damaged = damage(folder)
    done = program(tmp_path, "-c", LOOK_AND_CLOSE, str(folder))
    assert (done.returncode, done.stdout.split()) == (0, ["OutOfServiceView", "403", "out_of_service"]), done.stderr
    assert "fault: VaultCorruptError number 403" in done.stderr
    assert (folder / "vault.db").read_bytes() == damaged


def test_out_of_service_stands_in_words_on_the_real_screen_and_nothing_leads_away_from_it(
    folder: Path, drive: Drive
) -> None:
    damage(folder)
    doors, trouble = refused(folder)
    driver: Driver = drive(lambda show: Turn(doors, show, trouble))
    words = driver.words()
    assert "This screen cannot be used just now." in words
    assert any("403" in text for text in (label.text for label in driver.labels()))
    driver.app.turn.wipe()
    driver.frames(3)
    assert isinstance(driver.view, OutOfServiceView)
    driver.idle(10_000)
    assert isinstance(driver.view, OutOfServiceView)


@pytest.mark.parametrize(
    ("spoil", "number"),
    [
        (lambda folder: (folder / "vault.db").unlink(), "401"),
        (lambda folder: (folder / "keys.cbor").unlink(), "401"),
        (lambda folder: (folder.parent / "kiosk.key").unlink(), "401"),
        (damage, "403"),
    ],
    ids=["no vault", "no keys", "no key file", "damaged vault"],
)
def test_whatever_keeps_the_vault_shut_calls_staff_with_a_number_and_changes_nothing(
    folder: Path, spoil: object, number: str
) -> None:
    assert callable(spoil)
    spoil(folder)
    before = files(folder)
    doors, trouble = refused(folder)
    shown: list[View] = []
    Turn(doors, shown.append, trouble).start()
    assert isinstance(shown[-1], OutOfServiceView)
    assert shown[-1].number == number
    assert files(folder) == before


def files(folder: Path) -> dict[str, bytes]:
    """Return every file but the index and empty log that looking at a database lays beside it, and its lock."""
    return {name: data for name, data in tree(folder).items() if not name.endswith(("-shm", "-wal", ".lock"))}


def test_a_vault_that_opens_begins_an_ordinary_turn(folder: Path) -> None:
    kiosk, doors, trouble = running._opened(read_home(folder), lambda: "", lambda errand: errand(), lambda _error: None)
    assert isinstance(doors, KioskDoors)
    assert trouble is None
    shown: list[View] = []
    Turn(doors, shown.append, trouble).start()
    assert isinstance(shown[-1], WelcomeView)
    assert kiosk is not None
    kiosk.close()
