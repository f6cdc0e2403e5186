"""`wingvoice-central election` as somebody types it: what a command printed, and a refusal that wrote nothing."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from sync.central.__main__ import main
from tests.central.desks import tree


@dataclass
class AtThePrompt:
    """Somebody with a folder: central stands in `central`, and whatever they make beside it."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def run(self, *words: object, typed: tuple[str, ...] = ()) -> tuple[int, str, str]:
        """Return exit code, standard output and standard error of one command."""
        self.capsys.readouterr()
        self.monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        with pytest.raises(SystemExit) as ended:
            main(["--home", str(self.folder / "central"), "election", *map(str, words)])
        out, err = self.capsys.readouterr()
        return int(ended.value.code or 0), out, err

    def done(self, *words: object, typed: tuple[str, ...] = ()) -> str:
        """Return all that a command printed which did what it was asked."""
        code, out, err = self.run(*words, typed=typed)
        assert code == 0, err
        return out + err

    def refused(self, code: int, *words: object, typed: tuple[str, ...] = ()) -> str:
        """Return the sentence of a refusal; it printed nothing else and wrote nothing."""
        before = tree(self.folder)
        ended, _, err = self.run(*words, typed=typed)
        assert ended == code, err
        assert "Traceback" not in err
        assert tree(self.folder) == before
        return err
