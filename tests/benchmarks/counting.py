"""The count of 100,000 ballots beside pyrankvote, votelib and pref_voting, in one process: who is right, and how fast.

Rule 1: all start from the same list of rankings in memory; turning it into their own types is part of the time.
Rule 2: a program is right where it elects the same people as the exact count; one that fails is wrong.
Rule 3: rounds take turns, the best of each counts, and the ratio is to the fastest that is right.
Rule 4: on the real wards that lie beside the project, right is what the councils published.
Rule 5: it runs in an environment of its own (.ci/set-up bench), with the peers and nothing else of ours.
Source: elections.md section 15.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from models.counting.blt import read_blt
from models.counting.report import Subject, report_json
from models.counting.stv import count_papers
from models.counting.ties import lots_by_hand
from models.counting.votes import Candidate, Ranking

ROUNDS: Final = 3
BALLOTS: Final = 100_000
SEED: Final = 2
SIGMA: Final = 0.8  # of the logarithm of a candidate's strength
MEAN_CUT: Final = 3  # names, beyond the first
CASES: Final = ((10, 4, False), (10, 4, True), (20, 6, False), (20, 6, True))  # candidates, seats, complete
LEAST_RATIO: Final = 5
PEERS: Final = ("pyrankvote", "votelib", "pref_voting")
OURS: Final = "Wing Voice, exact, with its report"
SAMPLE: Final = Path(__file__).parents[3] / "shared" / "data" / "elections"

Elect = Callable[[Sequence[Ranking], int, int], frozenset[int]]


@dataclass(slots=True)
class Run:
    """One program in one case: its best time, whom it elected, or how it failed."""

    best_s: float = math.inf
    elected: frozenset[int] = frozenset()
    trouble: str = ""


def ballots(candidates: int, *, complete: bool, count: int = BALLOTS, seed: int = SEED) -> list[Ranking]:
    """Return rankings drawn by Plackett and Luce's rule: whoever's exponential clock rings first is named first."""
    chance = random.Random(seed)
    strengths = [chance.lognormvariate(0, SIGMA) for _ in range(candidates)]
    drawn = []
    for _ in range(count):
        rings = [chance.expovariate(strength) for strength in strengths]
        order = sorted(range(1, candidates + 1), key=lambda candidate: rings[candidate - 1])
        length = candidates if complete else 1 + math.floor(chance.expovariate(1 / MEAN_CUT))
        drawn.append(tuple(order[:length]))
    return drawn


def ours(papers: Sequence[Ranking], candidates: int, seats: int) -> frozenset[int]:
    """Count exactly and write the whole report; the list is taken as it is, since every ballot weighs one."""
    people = tuple(Candidate(number, str(number)) for number in range(1, candidates + 1))
    count = count_papers({1: papers}, candidates, seats, lots=lots_by_hand(range(1, candidates + 1)))
    report = report_json(count, Subject("scottish-stv", "", people, bytes(32), {}))
    return frozenset(one["candidate"] for one in json.loads(report)["elected"])


def with_pyrankvote(papers: Sequence[Ranking], candidates: int, seats: int) -> frozenset[int]:
    """One object a ballot, as its interface wants."""
    theirs: Any = importlib.import_module("pyrankvote")
    people = {number: theirs.Candidate(str(number)) for number in range(1, candidates + 1)}
    poll = [theirs.Ballot(ranked_candidates=[people[number] for number in ranking]) for ranking in papers]
    result = theirs.single_transferable_vote(list(people.values()), poll, number_of_seats=seats)
    return frozenset(int(winner.name) for winner in result.get_winners())


def with_votelib(papers: Sequence[Ranking], candidates: int, seats: int) -> frozenset[int]:
    """Rankings with how often each was given; Gregory's transfers, quota of Droop."""
    theirs: Any = importlib.import_module("votelib.evaluate.sequential")
    rule = theirs.TransferableVoteSelector(transferer="Gregory", quota_function="droop")
    return frozenset(rule.evaluate(dict(Counter(papers)), seats))


def with_pref_voting(papers: Sequence[Ranking], candidates: int, seats: int) -> frozenset[int]:
    """Rankings with how often each was given; its own Scottish rule, to five decimals."""
    profiles: Any = importlib.import_module("pref_voting.profiles_with_ties")
    rules: Any = importlib.import_module("pref_voting.proportional_methods")
    grouped = Counter(papers)
    places = [{candidate: place for place, candidate in enumerate(ranking, start=1)} for ranking in grouped]
    profile = profiles.ProfileWithTies(places, list(grouped.values()), candidates=list(range(1, candidates + 1)))
    return frozenset(rules.stv_scottish(profile, num_seats=seats, rng=random.Random(SEED)))


PROGRAMS: Final[Mapping[str, Elect]] = {
    OURS: ours,
    "pyrankvote": with_pyrankvote,
    "votelib": with_votelib,
    "pref_voting": with_pref_voting,
}


def tried(program: Elect, papers: Sequence[Ranking], candidates: int, seats: int) -> tuple[float, Run]:
    """Run a program once; whatever it raises is its own trouble, told by the error's name."""
    run = Run()
    gc.collect()
    began = perf_counter()
    try:
        run.elected = program(papers, candidates, seats)
    except Exception as error:  # noqa: BLE001 - a peer may fail in any way, and that is what is shown
        run.trouble = f"{type(error).__name__}: {error}"[:60]
    return perf_counter() - began, run


def case(
    candidates: int, seats: int, *, complete: bool, rounds: int, programs: Mapping[str, Elect], count: int = BALLOTS
) -> dict[str, Run]:
    """Let every program count one case, in turns, `rounds` times."""
    papers = ballots(candidates, complete=complete, count=count)
    runs: dict[str, Run] = {}
    for _ in range(rounds):
        for name, program in programs.items():
            seconds, run = tried(program, papers, candidates, seats)
            best = min(seconds, runs[name].best_s if name in runs else math.inf)
            runs[name] = Run(best, run.elected, run.trouble)
    return runs


def lines(runs: dict[str, Run], candidates: int, seats: int, *, complete: bool) -> list[str]:
    """Return one case as it is printed."""
    exact = runs[OURS]
    told = [f"{BALLOTS:,} ballots, {'complete' if complete else 'cut'}, {candidates} candidates, {seats} seats"]
    right = [run for name, run in runs.items() if name != OURS and run.elected == exact.elected]
    for name, run in runs.items():
        verdict = "exact" if name == OURS else "right" if run.elected == exact.elected else "WRONG"
        elected = run.trouble or "elects " + " ".join(map(str, sorted(run.elected)))
        ratio = "" if name == OURS else f"{run.best_s / exact.best_s:7.1f} times ours"
        told.append(f"    {name:<36} {run.best_s:8.3f} s  {verdict:<6} {ratio:<20} {elected}")
    if right:
        ratio_of_best = min(run.best_s for run in right) / exact.best_s
        missed = "" if ratio_of_best >= LEAST_RATIO else "  MISSED"
        told.append(f"    fastest that is right: {ratio_of_best:.1f} times ours (at least {LEAST_RATIO}){missed}")
    else:
        told.append("    no other program is right")
    return told


def on_the_wards(programs: Mapping[str, Elect]) -> list[str]:
    """Return how many real wards each program gets right."""
    listed = SAMPLE / "expected.json"
    if not listed.exists():
        return ["Real wards: none lie beside the project, so nobody is judged on them."]
    wards = json.loads(listed.read_text(encoding="utf-8"))["wards"]
    right, failed, seconds = Counter[str](), Counter[str](), dict.fromkeys(programs, 0.0)
    for ward in wards:
        blt = read_blt((SAMPLE / ward["file"]).read_bytes())
        papers = [ranking for ranking, weight in blt.rankings.items() for _ in range(weight)]
        published = {one["candidate"] for one in ward["elected"]}
        for name, program in programs.items():
            took, run = tried(program, papers, len(blt.candidates), blt.seats)
            seconds[name] += took
            right[name] += run.elected == published
            failed[name] += bool(run.trouble)
    return [
        f"    {name:<36} right on {right[name]} of {len(wards)}, {failed[name]} failed, {seconds[name]:.2f} s in all"
        for name in programs
    ]


def main() -> None:
    """Measure and print; a peer that is not installed is named."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    missing = [name for name in PEERS if importlib.util.find_spec(name) is None]
    programs = {name: program for name, program in PROGRAMS.items() if name not in missing}
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PEERS if name not in missing)
    print(f"\nCounting, beside {versions or 'nobody'}; best of {rounds}")
    for name in missing:
        print(f"    {name} is not installed here: run .ci/set-up bench")
    for candidates, seats, complete in CASES:
        runs = case(candidates, seats, complete=complete, rounds=rounds, programs=programs)
        print("\n".join(lines(runs, candidates, seats, complete=complete)), flush=True)
    print("Real wards of the sample, winners as published")
    print("\n".join(on_the_wards(programs)), flush=True)


if __name__ == "__main__":
    main()
