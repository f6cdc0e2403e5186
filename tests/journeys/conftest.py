"""The example establishment, made once for all journeys: ceremony, content, bundle 1, a kiosk enrolled by stick."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.house import House, copied


@pytest.fixture(scope="session")
def new_house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A central with its content pressed; no kiosk yet. Copy it, never use it."""
    house = House(tmp_path_factory.mktemp("journeys") / "new")
    house.furnish()
    return house


@pytest.fixture(scope="session")
def standing_house(new_house: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """The same with a kiosk on A wing that has its place and bundle 1. Copy it, never use it."""
    house = copied(new_house, tmp_path_factory.mktemp("journeys") / "standing")
    house.make_kiosk()
    return house


@pytest.fixture
def empty_house(new_house: House, tmp_path: Path) -> House:
    """A central of one's own, without any kiosk."""
    return copied(new_house, tmp_path / "house")


@pytest.fixture
def house(standing_house: House, tmp_path: Path) -> House:
    """A central and a kiosk of one's own."""
    return copied(standing_house, tmp_path / "house")
