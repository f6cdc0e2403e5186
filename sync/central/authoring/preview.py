"""Shows a questionnaire as a kiosk would: starts the kiosk's own program, which draws every question.

Rule 1: central never imports the kiosk; its program is started, gets a file, and leaves pictures.
Rule 2: the questionnaire lies in a folder that is gone afterwards: what was only looked at is not yet content.
Source: questionnaires.md section 1.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from models.errors import CentralError
from models.questionnaire import canonical_bytes
from sync.central.authoring.apart import HOUSE
from sync.central.authoring.author import Authored

TROUBLED = 1  # the kiosk's exit code where words do not fit; the pictures are there


def preview(authored: Authored, out: Path, *, as_json: bool = False) -> int:
    """Draw the questionnaire into the folder `out`; the kiosk's program says itself what it drew.

    Returns its exit code: 0, or 1 where words do not fit. Raises CentralError where nothing was drawn.
    """
    with tempfile.TemporaryDirectory(prefix="wingvoice-") as folder:
        questionnaire, media = Path(folder) / "questionnaire.json", Path(folder) / "media"
        questionnaire.write_bytes(canonical_bytes(authored.questionnaire))
        media.mkdir()
        for name, data in authored.files.items():
            (media / name).write_bytes(data)
        given = ["--questionnaire", str(questionnaire), "--media", str(media), "--out", str(out)]
        command = [sys.executable, "-P", "-m", "kiosk", "preview", *given, *(["--json"] if as_json else [])]
        ran = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(HOUSE)}, check=False)  # noqa: S603 - our own program
    if ran.returncode not in (0, TROUBLED):
        raise CentralError(detail="The kiosk's program drew nothing; what it said stands above.")
    return ran.returncode


def contact_sheets(out: Path) -> tuple[Path, ...]:
    """Return the sheets, one a language, that lie in the folder."""
    return tuple(sorted(out.glob("contact-*.png")))
