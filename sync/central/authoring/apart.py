"""Authors one file in a process of its own, which works 10 seconds at most and gets half a gigabyte.

Rule 1: whatever a file does to the program that reads it, this process goes on: a child that dies is one refusal.
Rule 2: seconds are the processor's, so that a busy machine refuses nothing; by the clock on the wall a child gets
        three times as many.
Rule 3: the child is told where the file lies and where to leave what came of it: a folder that is gone afterwards.
Rule 4: what it leaves is read again with the reader that a kiosk has; nothing of it is trusted.
Source: questionnaires.md section 1.
"""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from models.errors import UnreadableQuestionnaireError
from models.questionnaire import Purpose, read_questionnaire
from sync.central.authoring.author import Authored
from sync.central.authoring.refusal import Refusal, WorkbookRefusedError

MEMORY_LIMIT_BYTES: Final = 512 << 20
LIVES_S: Final = 10.0
WALL_TIMES: Final = 3
LIVES_S_A_FILE: Final = 0.25  # more, for each picture or sound that may have to be written anew
HOUSE: Final = Path(__file__).resolve().parents[3]
OUTCOME: Final = "outcome.json"
QUESTIONNAIRE: Final = "questionnaire.json"
MEDIA: Final = "media"


def author_apart(
    source: Path,
    media: Path | None = None,
    purpose: Purpose | None = None,
    *,
    within_s: float = LIVES_S,
    memory_bytes: int = MEMORY_LIMIT_BYTES,
) -> Authored:
    """Return what the workbook or XForm at `source` became, or raise WorkbookRefusedError. Raises OSError for `source`.

    `purpose` is for an XForm, which does not say it. `within_s`: seconds of work, those for files come on top.
    `memory_bytes`: of address space.
    """
    source.open("rb").close()  # a file that is not there is no fault of its content
    if media is not None:
        within_s += LIVES_S_A_FILE * sum(1 for _ in media.iterdir())
    with tempfile.TemporaryDirectory(prefix="wingvoice-") as folder:
        out = Path(folder)
        words = [str(source.resolve()), str(out), str(media.resolve() if media else ""), purpose or ""]
        words += [str(memory_bytes), str(math.ceil(within_s))]
        ended = _run([sys.executable, "-P", "-m", "sync.central.authoring.child", *words], within_s)
        return _read(out, ended)


def _run(command: list[str], within_s: float) -> str:
    """Run the child and return why it ended before its time, or ""."""
    # one thread: numpy would set memory aside for as many as there are cores
    environment = os.environ | {"PYTHONPATH": str(HOUSE), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(  # noqa: S603 - our own program
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as child:
        try:
            _, said = child.communicate(timeout=WALL_TIMES * within_s)
        except subprocess.TimeoutExpired:
            _end(child)
            return f"it took more than {WALL_TIMES * within_s:.0f} seconds"
        except BaseException:  # Ctrl-C is for both
            _end(child)
            raise
    if child.returncode < 0 and -child.returncode == getattr(signal, "SIGXCPU", None):
        return f"it took more than {within_s:.0f} seconds"
    if child.returncode < 0:
        return f"the program reading it was stopped ({signal.Signals(-child.returncode).name})"
    last = said.decode(errors="replace").strip().rpartition("\n")[2][:200]
    return f"the program reading it failed ({last})" if child.returncode else ""


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and every encoder it started; it leads a session of its own."""
    if sys.platform == "win32":
        child.kill()
    else:
        os.killpg(child.pid, signal.SIGKILL)
    child.communicate()


def _read(out: Path, ended: str) -> Authored:
    try:
        told = json.loads((out / OUTCOME).read_bytes())
        notices = tuple(Refusal(**one) for one in told["notices"])
        if told["refusals"]:
            raise WorkbookRefusedError([Refusal(**one) for one in told["refusals"]], notices)
        questionnaire = read_questionnaire((out / QUESTIONNAIRE).read_bytes())
        files = {name: (out / MEDIA / name).read_bytes() for name in questionnaire.media}
    except (OSError, ValueError, KeyError, TypeError, UnreadableQuestionnaireError) as error:
        raise WorkbookRefusedError([too_costly(ended or "what came of it cannot be read")]) from error
    return Authored(questionnaire, notices, files)


def too_costly(why: str) -> Refusal:
    """The one refusal of a file that was given up."""
    return Refusal("", 0, "", "too-costly", {"why": why}, "given-up")


def outcome(refusals: Iterable[Refusal], notices: Iterable[Refusal]) -> bytes:
    """Return what the child leaves beside the questionnaire."""
    told = {"refusals": [_value(one) for one in refusals], "notices": [_value(one) for one in notices]}
    return json.dumps(told, default=str).encode()


def _value(one: Refusal) -> dict[str, Any]:
    return {
        "sheet": one.sheet,
        "row": one.row,
        "column": one.column,
        "code": one.code,
        "facts": dict(one.facts),
        "reading": one.reading,
    }
