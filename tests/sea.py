"""A second certification, with a bank that is large enough to choose from, and the quick checks taken on it."""

from dataclasses import replace
from typing import Any

from desk import Desk
from factories import make_blueprint, make_pack, make_question

from simulator.operations import practising
from simulator.operations.practising import Practice
from simulator.packs.loading import LoadedPack


def make_sea(count: int = 80, **changes: Any) -> LoadedPack:
    """Return a pack of single choice questions in two domains, the first key always the first option."""
    blueprint = make_blueprint(id="sea", code="SEA-1", title="Sea Certification", scored=50, unscored=15)
    questions = [
        make_question(
            f"sea-{number:02}",
            domain="data" if number % 5 < 3 else "modeling",
            task="1.1" if number % 5 < 3 else "2.1",
            difficulty=1 + number % 5,
            shuffle=False,
            **changes,
        )
        for number in range(count)
    ]
    pack = make_pack(questions, blueprint=blueprint)
    return replace(pack, id="sea-pack", certification="sea")


def load(desk: Desk, check_id: str = "check", *, actor: str = "alice") -> Practice:
    """Return a check as it stands."""
    return desk.read(lambda s: practising.load_practice(s, desk.catalogue, check_id, actor=actor))
