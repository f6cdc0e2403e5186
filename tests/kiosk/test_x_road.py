"""The kiosk on a real X server: the road that a compositor on a wing takes, where all other tests draw offscreen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent.parent


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="no virtual X server on this machine (xvfb)")
def test_a_frame_is_drawn_in_a_real_x_window(tmp_path: Path) -> None:
    x_only = {name: value for name, value in os.environ.items() if name not in {"SDL_VIDEODRIVER", "DISPLAY"}}
    command = ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", sys.executable, "-m", "kiosk", "self-check"]
    told = subprocess.run(
        command,
        cwd=HOUSE,
        env={**x_only, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy", "KIVY_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert "ok     window: a frame is drawn" in told.stdout
