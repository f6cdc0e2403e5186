"""`make kiosk`: a kiosk in a window on the desktop, with the example bundle and a PIN that is printed.

Rule 1: everything it makes lies in .wingvoice/desktop and is used again the next time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime

from tests.journeys.establishment import HOUSE, PIN, Establishment

HOME = HOUSE / ".wingvoice" / "desktop"
NAME = "kiosk"


def main() -> int:
    """Make the example once, start the kiosk, return its exit code."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print("There is no desktop here to open a window on. `make demo` needs none.", file=sys.stderr)
        return 69
    house = Establishment(HOME)
    if not (house.kiosk_home(NAME) / "kiosk.toml").exists():
        print("Making the example establishment, once ...", flush=True)
        house.hold_ceremony()
        house.lay_content(datetime.now(UTC).astimezone().date())
        house.central("press")
        house.stick.mkdir()
        digits = house.enrol(NAME, "--stick", str(house.stick))
        house.central("intake", str(house.stick))
        house.grant(digits, "a")
        house.central("intake", str(house.stick))
        print(house.kiosk(NAME, "dock"), flush=True)
    print(f"The staff page: hold the logo for five seconds, then the PIN {PIN}. Close the window to end.", flush=True)
    command = [sys.executable, "-m", "kiosk", "start", "--windowed", "--home", str(house.kiosk_home(NAME))]
    return subprocess.run(command, cwd=HOUSE, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
