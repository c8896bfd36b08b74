"""Drawing a form: which questions of a bank a candidate gets, in which order, as a pure function of a seed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import heapify, heappop, heappush
from random import Random
from typing import TypeVar

from simulator.exam.blueprint import Blueprint, domain_quotas, scored_quotas
from simulator.exam.errors import BankTooSmall, Shortage
from simulator.exam.form import Form, Slot

T = TypeVar("T")
Cell = tuple[str, int]

# A draw that runs into a dead end (enemies, sets that do not fit) starts again with the next sub-seed.
TRIALS = 50
# So many trials look for a form with fewer questions that the candidate has met, where the first had more than it must:
# sets and enemies may leave the last new questions of a small bank in an unlucky order.
PATIENCE = 20
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BankEntry:
    """What drawing needs to know of one question that is ready for use."""

    question_id: str
    version: str
    domain: str
    task: str
    difficulty: int
    option_count: int
    enemies: frozenset[str] = frozenset()
    stimulus_id: str | None = None
    shuffle: bool = True


@dataclass(frozen=True, slots=True)
class Unit:
    """What is drawn as a whole: one question, or all questions of one shared stimulus in the author's order."""

    entries: tuple[BankEntry, ...]

    @property
    def cell(self) -> Cell:
        """The stratum in which the unit is drawn: its first question's task and difficulty."""
        return (self.entries[0].task, self.entries[0].difficulty)

    @property
    def domain(self) -> str:
        """The domain in whose turn the unit is drawn."""
        return self.entries[0].domain


class Bank:
    """The questions of one certification, indexed once so that a draw costs what it takes, not what there is."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.unit_of: dict[str, Unit] = {}
        # Units that rule out others; the order of a bank's units is fixed, and so is theirs.
        self.contested: list[Unit] = []
        self._capacities: dict[str, int] = {}
        self.cells: dict[str, dict[Cell, list[Unit]]] = defaultdict(lambda: defaultdict(list))
        self.sizes: dict[str, dict[Cell, int]] = defaultdict(lambda: defaultdict(int))
        for unit in units:
            self.cells[unit.domain][unit.cell].append(unit)
            if any(entry.enemies for entry in unit.entries):
                self.contested.append(unit)
            self.sizes[unit.domain][unit.cell] += len(unit.entries)
            for entry in unit.entries:
                self.unit_of[entry.question_id] = unit

    @classmethod
    def of(cls, entries: Iterable[BankEntry]) -> "Bank":
        """Index the entries, in order of question id, so that the same questions make the same bank."""
        sets: dict[str, list[BankEntry]] = defaultdict(list)
        for entry in sorted(entries, key=lambda entry: entry.question_id):
            sets[entry.stimulus_id or f"\0{entry.question_id}"].append(entry)
        return cls(Unit(tuple(members)) for members in sets.values())

    def __len__(self) -> int:
        return len(self.unit_of)

    def capacity(self, domain: str) -> int:
        """Return how many questions of a domain can stand on one form.

        That is what a greedy choice reaches that always takes the question with the fewest enemies left: exact for
        pairs, chains, trees and groups of mutual enemies, and never more than there is.
        """
        if domain not in self._capacities:
            self._capacities[domain] = self._count_independent(domain)
        return self._capacities[domain]

    def _count_independent(self, domain: str) -> int:
        units = [unit for cell in self.cells.get(domain, {}).values() for unit in cell]
        entries = [entry for unit in units for entry in unit.entries if entry.domain == domain]
        rivals: dict[str, set[str]] = {entry.question_id: set() for entry in entries}
        for entry in entries:
            for enemy in entry.enemies & rivals.keys():
                rivals[entry.question_id].add(enemy)
                rivals[enemy].add(entry.question_id)
        queue = [(len(enemies), question_id) for question_id, enemies in rivals.items()]
        heapify(queue)
        chosen = 0
        while queue:
            count, question_id = heappop(queue)
            if question_id not in rivals or count != len(rivals[question_id]):
                continue  # ruled out, or standing further ahead by now
            chosen += 1
            for gone in (question_id, *rivals[question_id]):
                for other in rivals.pop(gone):
                    rivals[other].discard(gone)
                    heappush(queue, (len(rivals[other]), other))
        return chosen


@dataclass(slots=True)
class _Draft:
    """A form in the making: what is taken, what that rules out, and how many are still wanted by domain."""

    wanted: dict[str, int]
    units: list[Unit] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    excluded: set[str] = field(default_factory=set)

    def take(self, unit: Unit) -> bool:
        """Take the unit if it fits: not yet taken, no enemy taken, and not more than its domains still want."""
        counts: dict[str, int] = defaultdict(int)
        for entry in unit.entries:
            if entry.question_id in self.taken or entry.question_id in self.excluded:
                return False
            if not self.taken.isdisjoint(entry.enemies):
                return False
            counts[entry.domain] += 1
        if any(count > self.wanted.get(domain, 0) for domain, count in counts.items()):
            return False
        for domain, count in counts.items():
            self.wanted[domain] -= count
        for entry in unit.entries:
            self.taken.add(entry.question_id)
            self.excluded |= entry.enemies
        self.units.append(unit)
        return True


def draw_form(
    bank: Bank,
    blueprint: Blueprint,
    *,
    seed: int,
    exposures: Mapping[str, datetime] | None = None,
    held: Collection[str] = (),
) -> Form:
    """Draw one form by the blueprint's quotas; the same bank, seed, exposures and held questions give the same form.

    `exposures` holds, by question id, when this candidate last saw a question. Unseen questions come first, in
    proportion to what the bank still has of each task and difficulty, so that forms stay parallel; then those
    seen least recently. `held` are questions (ids, also in `exposures`) that are not drawn at all. Raises
    BankTooSmall when the quotas cannot be met.
    """
    seen = _seen_units(bank, exposures or {})
    fewest = _unavoidable_repeats(bank, blueprint, seen, held)
    best: tuple[int, _Draft, Random] | None = None
    for trial in range(TRIALS):
        if best is not None and (best[0] <= fewest or trial > PATIENCE):
            break
        rng = Random(f"{seed}/{trial}")
        draft = _Draft(wanted=domain_quotas(blueprint), excluded=set(held))
        known = _postpone(bank, seen, rng) if trial else seen
        for domain in blueprint.domains:
            _draw_unseen(draft, bank, domain.id, known, rng)
            _draw_least_recent(draft, domain.id, known, rng, leeway=trial)
        repeats = sum(len(unit.entries) for unit in draft.units if unit in seen)
        if not any(draft.wanted.values()) and (best is None or repeats < best[0]):
            best = repeats, draft, rng
    if best is not None:
        return _arrange(best[1].units, blueprint, seed, best[2])
    raise BankTooSmall(blueprint.id, find_shortages(bank, blueprint) or _unmet(draft, blueprint))


def _unavoidable_repeats(bank: Bank, blueprint: Blueprint, seen: Mapping[Unit, datetime], held: Collection[str]) -> int:
    """Return how many questions must be met again because their domains have too few new ones; at least so many."""
    new = Counter({domain.id: sum(bank.sizes[domain.id].values()) for domain in blueprint.domains})
    old = {question_id: bank.unit_of[question_id] for question_id in held if question_id in bank.unit_of}
    old |= {entry.question_id: unit for unit in seen for entry in unit.entries}
    new.subtract(unit.domain for unit in old.values())
    return sum(max(0, quota - new[domain]) for domain, quota in domain_quotas(blueprint).items())


def _seen_units(bank: Bank, exposures: Mapping[str, datetime]) -> dict[Unit, datetime]:
    """Return when each unit was last seen, for units of which any question was."""
    seen: dict[Unit, datetime] = {}
    for question_id, seen_at in exposures.items():
        unit = bank.unit_of.get(question_id)
        if unit is not None:
            seen[unit] = max(seen_at, seen.get(unit, seen_at))
    return seen


def _postpone(bank: Bank, seen: Mapping[Unit, datetime], rng: Random) -> dict[Unit, datetime]:
    """Return `seen` with every other unseen unit that has enemies behind all the rest.

    Where a domain takes all that is unseen, its enemies elsewhere would be ruled out in every trial.
    """
    behind = {unit: LAST for unit in bank.contested if unit not in seen and rng.random() < 0.5}
    return {**seen, **behind}


def _draw_unseen(draft: _Draft, bank: Bank, domain: str, seen: Mapping[Unit, datetime], rng: Random) -> None:
    """Fill what the domain wants from unseen units, spread over its cells of task and difficulty."""
    sizes = dict(bank.sizes[domain])
    for unit in seen:
        if unit.domain == domain:
            sizes[unit.cell] -= len(unit.entries)
    shares = spread(sizes, min(draft.wanted[domain], sum(sizes.values())), rng)
    pools = {cell: _shuffled(bank.cells[domain][cell], rng) for cell in shares}
    for cell, share in shares.items():
        goal = draft.wanted[domain] - share
        _fill(draft, (unit for unit in pools[cell] if unit not in seen), domain, down_to=goal)
    # What a cell could not give (enemies, sets too large for the rest) comes from its neighbours.
    for cell in _shuffled(list(pools), rng):
        _fill(draft, (unit for unit in pools[cell] if unit not in seen), domain, down_to=0)


def _draw_least_recent(
    draft: _Draft, domain: str, seen: Mapping[Unit, datetime], rng: Random, *, leeway: int = 0
) -> None:
    """Fill what the domain still wants from seen units, the longest unseen first.

    With `leeway`, a unit may come up to so many places later: the order by time alone would run into the same dead
    end in every trial.
    """
    if draft.wanted[domain] > 0:
        known = [unit for unit in seen if unit.domain == domain]
        known.sort(key=lambda unit: unit.entries[0].question_id)
        # The sort is stable: units seen at the same time keep their random order.
        by_time = sorted(_shuffled(known, rng), key=lambda unit: seen[unit])
        if leeway:
            places = {unit: place + leeway * rng.random() for place, unit in enumerate(by_time)}
            by_time.sort(key=places.__getitem__)
        _fill(draft, iter(by_time), domain, down_to=0)


def _fill(draft: _Draft, units: Iterator[Unit], domain: str, *, down_to: int) -> None:
    while draft.wanted[domain] > max(down_to, 0):
        unit = next(units, None)
        if unit is None:
            return
        draft.take(unit)


def spread(sizes: Mapping[Cell, int], total: int, rng: Random) -> dict[Cell, int]:
    """Share `total` places over cells in proportion to their sizes: systematic sampling from a random start.

    Each cell gets its exact share rounded up or down, and so does each task, because the cells of a task stand
    together; difficulty runs up and down in turn, which balances it over the whole form (Cochran 1977, ch. 8).
    """
    tasks = sorted({task for task, _ in sizes})
    upward = {task: number % 2 == 0 for number, task in enumerate(tasks)}
    cells = sorted(sizes, key=lambda cell: (cell[0], cell[1] if upward[cell[0]] else -cell[1]))
    whole = sum(sizes.values())
    start = rng.random()
    shares: dict[Cell, int] = {}
    passed = given = 0
    for cell in cells:
        passed += sizes[cell]
        # The last cell must land on the total exactly, whatever the rounding of the floats.
        upto = total if passed == whole else int(passed * total / whole + start)
        shares[cell] = upto - given
        given = upto
    return shares


def _shuffled(items: Sequence[T], rng: Random) -> Iterator[T]:
    """Yield the items in random order at the cost of those taken (a sparse Fisher-Yates shuffle)."""
    moved: dict[int, int] = {}
    for last in range(len(items) - 1, -1, -1):
        place = int(rng.random() * (last + 1))
        yield items[moved.get(place, place)]
        moved[place] = moved.pop(last, last)


def _arrange(units: Sequence[Unit], blueprint: Blueprint, seed: int, rng: Random) -> Form:
    """Put the units in random order, choose the unscored slots, shuffle the options."""
    entries = [entry for unit in _shuffled(units, rng) for entry in unit.entries]
    unscored = _choose_unscored(entries, blueprint, rng)
    slots = tuple(
        Slot(
            number=number,
            question_id=entry.question_id,
            version=entry.version,
            domain=entry.domain,
            scored=entry.question_id not in unscored,
            option_order=_option_order(entry, rng),
        )
        for number, entry in enumerate(entries, start=1)
    )
    return Form(seed=seed, slots=slots)


def _option_order(entry: BankEntry, rng: Random) -> tuple[int, ...]:
    numbers = range(entry.option_count)
    return tuple(_shuffled(numbers, rng)) if entry.shuffle else tuple(numbers)


def _choose_unscored(entries: Sequence[BankEntry], blueprint: Blueprint, rng: Random) -> set[str]:
    """Choose the unscored questions at random, so many in each domain that the scored ones keep the weights."""
    all_quotas, scored = domain_quotas(blueprint), scored_quotas(blueprint)
    spare = {domain: all_quotas[domain] - scored[domain] for domain in all_quotas}
    if min(spare.values()) < 0:
        # Largest remainders are not monotone in the number of seats; then the weights cannot be kept exactly.
        return {entry.question_id for entry in list(_shuffled(entries, rng))[: blueprint.unscored]}
    unscored: set[str] = set()
    for entry in _shuffled(entries, rng):
        if spare[entry.domain] > 0:
            spare[entry.domain] -= 1
            unscored.add(entry.question_id)
    return unscored


def find_shortages(bank: Bank, blueprint: Blueprint) -> list[Shortage]:
    """Return the domains that cannot fill their quota, with counts; of enemies only one counts."""
    return [
        Shortage(domain, needed, bank.capacity(domain))
        for domain, needed in domain_quotas(blueprint).items()
        if bank.capacity(domain) < needed
    ]


def _unmet(draft: _Draft, blueprint: Blueprint) -> list[Shortage]:
    """Return what the last trial could not fill, when every domain has enough but not all at once."""
    quotas = domain_quotas(blueprint)
    return [
        Shortage(domain, quotas[domain], quotas[domain] - missing)
        for domain, missing in draft.wanted.items()
        if missing
    ]
