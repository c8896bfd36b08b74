"""Drawing forms: what candidates may rely on, whatever the bank and the seed."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil, floor
from random import Random
from statistics import mean, pstdev

import pytest
from factories import make_blueprint, make_entry
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.exam.blueprint import Domain, Task, domain_quotas, scored_quotas
from simulator.exam.errors import BankTooSmall, Shortage
from simulator.exam.selection import Bank, BankEntry, draw_form, find_shortages, spread

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DOMAINS = (
    Domain("data", "Data", 20, (Task("1.1", "One"), Task("1.2", "Two"))),
    Domain("modeling", "Modeling", 36, (Task("2.1", "Three"), Task("2.2", "Four"))),
    Domain("serving", "Serving", 24, (Task("3.1", "Five"),)),
)
TASKS = {domain.id: [task.id for task in domain.tasks] for domain in DOMAINS}


def make_bank(sizes, seed=0, **changes):
    """Return entries, so many of each domain, of random tasks and difficulties."""
    rng = Random(seed)
    return [
        make_entry(
            f"{domain}-{number:03}",
            domain=domain,
            task=rng.choice(TASKS[domain]),
            difficulty=rng.randint(1, 5),
            **changes,
        )
        for domain, size in sizes.items()
        for number in range(size)
    ]


def make_exam(scored=16, unscored=4):
    return make_blueprint(scored=scored, unscored=unscored, domains=DOMAINS)


def ids_of(form):
    return [slot.question_id for slot in form.slots]


@st.composite
def banks(draw, *, plain=False):
    """Draw entries of three domains; unless plain, with enemies and shared stimuli."""
    sizes = {domain.id: draw(st.integers(0, 14)) for domain in DOMAINS}
    entries = make_bank(sizes, seed=draw(st.integers(0, 10**6)))
    if plain or not entries:
        return entries
    rng = Random(draw(st.integers(0, 10**6)))
    enemies = defaultdict(set)
    for _ in range(draw(st.integers(0, 8))):
        one, other = rng.choice(entries), rng.choice(entries)
        if one != other:
            enemies[one.question_id].add(other.question_id)
            enemies[other.question_id].add(one.question_id)
    together = {}
    for number in range(draw(st.integers(0, 3))):
        domain = rng.choice(list(TASKS))
        members = [entry for entry in entries if entry.domain == domain and not enemies[entry.question_id]]
        for entry in members[: rng.randint(2, 3)]:
            together[entry.question_id] = f"stimulus-{number}"
    return [
        BankEntry(
            entry.question_id,
            entry.version,
            entry.domain,
            entry.task,
            entry.difficulty,
            option_count=rng.randint(3, 6),
            enemies=frozenset(enemies[entry.question_id]),
            stimulus_id=together.get(entry.question_id),
            shuffle=rng.random() < 0.8,
        )
        for entry in entries
    ]


EXPOSURES = st.dictionaries(
    st.sampled_from([f"{domain}-{number:03}" for domain in TASKS for number in range(14)] + ["gone-for-good"]),
    st.integers(0, 5).map(lambda days: NOON - timedelta(days=days)),
)
EXAMS = st.builds(make_exam, st.integers(1, 14), st.integers(0, 4))
SEEDS = st.integers(0, 2**53 - 1)


def try_to_draw(entries, exam, seed, exposures):
    """Return the form, if there is one."""
    try:
        return draw_form(Bank.of(entries), exam, seed=seed, exposures=exposures)
    except BankTooSmall:
        return None


@given(banks(), EXAMS, SEEDS, EXPOSURES)
def test_every_form_keeps_the_rules(entries, exam, seed, exposures):
    form = try_to_draw(entries, exam, seed, exposures)
    assume(form is not None)
    known = {entry.question_id: entry for entry in entries}
    drawn = [known[slot.question_id] for slot in form.slots]
    # The numbers, the quotas, and never a question twice.
    assert form.seed == seed
    assert [slot.number for slot in form.slots] == list(range(1, exam.size + 1))
    assert len(set(ids_of(form))) == exam.size
    counts = Counter(entry.domain for entry in drawn)
    assert {domain.id: counts[domain.id] for domain in exam.domains} == domain_quotas(exam)
    # No enemies together.
    assert all(entry.enemies.isdisjoint(ids_of(form)) for entry in drawn)
    # Shared stimuli are whole, in one piece, and in the author's order.
    places = defaultdict(list)
    for place, entry in enumerate(drawn):
        if entry.stimulus_id:
            places[entry.stimulus_id].append((place, entry.question_id))
    for stimulus, found in places.items():
        assert all(b[0] == a[0] + 1 and a[1] < b[1] for a, b in pairwise(found))
        assert len(found) == sum(entry.stimulus_id == stimulus for entry in entries)
    # What a slot says of its question.
    for slot, entry in zip(form.slots, drawn, strict=True):
        assert (slot.version, slot.domain) == (entry.version, entry.domain)
        assert sorted(slot.option_order) == list(range(entry.option_count))
        assert entry.shuffle or slot.option_order == tuple(range(entry.option_count))


@given(banks(), EXAMS, SEEDS, EXPOSURES)
def test_scored_questions_keep_the_weights_and_the_others_are_unscored(entries, exam, seed, exposures):
    form = try_to_draw(entries, exam, seed, exposures)
    assume(form is not None)
    assert sum(not slot.scored for slot in form.slots) == exam.unscored
    quotas, scored = domain_quotas(exam), scored_quotas(exam)
    if all(scored[domain] <= quotas[domain] for domain in quotas):
        counts = Counter(slot.domain for slot in form.slots if slot.scored)
        assert {domain: counts[domain] for domain in scored} == scored


@given(banks(), EXAMS, SEEDS, EXPOSURES, st.randoms(use_true_random=False))
def test_the_same_bank_seed_and_exposures_give_the_same_form_in_whatever_order_they_come(
    entries, exam, seed, exposures, rng
):
    shuffled = rng.sample(entries, len(entries))
    turned = dict(reversed(exposures.items()))
    assert try_to_draw(entries, exam, seed, exposures) == try_to_draw(shuffled, exam, seed, turned)


@given(banks(plain=True), EXAMS, SEEDS, EXPOSURES)
def test_unseen_questions_come_first_and_then_the_least_recently_seen(entries, exam, seed, exposures):
    form = try_to_draw(entries, exam, seed, exposures)
    assume(form is not None)
    for domain, quota in domain_quotas(exam).items():
        ids = {entry.question_id for entry in entries if entry.domain == domain}
        drawn = {slot.question_id for slot in form.slots if slot.domain == domain}
        unseen = ids - exposures.keys()
        assert len(drawn & unseen) == min(quota, len(unseen))
        repeated, spared = drawn - unseen, ids - unseen - drawn
        if repeated and spared:
            assert max(exposures[i] for i in repeated) <= min(exposures[i] for i in spared)


@given(banks(plain=True), EXAMS, SEEDS)
def test_without_enemies_and_sets_a_form_is_refused_exactly_when_a_domain_is_short(entries, exam, seed):
    bank = Bank.of(entries)
    sizes = Counter(entry.domain for entry in entries)
    short = [Shortage(d, q, sizes[d]) for d, q in domain_quotas(exam).items() if sizes[d] < q]
    assert find_shortages(bank, exam) == short
    if not short:
        draw_form(bank, exam, seed=seed)
        return
    with pytest.raises(BankTooSmall) as refused:
        draw_form(bank, exam, seed=seed)
    assert list(refused.value.shortages) == short


def test_another_seed_gives_another_form():
    bank = Bank.of(make_bank({"data": 20, "modeling": 30, "serving": 20}))
    forms = {tuple(ids_of(draw_form(bank, make_exam(), seed=seed))) for seed in range(50)}
    assert len(forms) == 50


def test_a_candidate_who_sits_often_sees_the_whole_bank_before_anything_twice():
    bank = Bank.of(make_bank({"data": 15, "modeling": 27, "serving": 18}))
    exposures = {}
    for sitting in range(3):
        form = draw_form(bank, make_exam(), seed=sitting, exposures=exposures)
        assert exposures.keys().isdisjoint(ids_of(form))
        exposures |= dict.fromkeys(ids_of(form), NOON + timedelta(days=sitting))
    fourth = draw_form(bank, make_exam(), seed=4, exposures=exposures)
    assert {exposures[question_id] for question_id in ids_of(fourth)} == {NOON}


def test_of_questions_seen_at_the_same_time_all_come_again_sooner_or_later():
    bank = Bank.of(make_bank({"data": 10, "modeling": 18, "serving": 12}))
    exposures = dict.fromkeys(bank.unit_of, NOON)
    forms = [draw_form(bank, make_exam(), seed=seed, exposures=exposures) for seed in range(60)]
    assert {question_id for form in forms for question_id in ids_of(form)} == bank.unit_of.keys()


def test_held_questions_are_not_drawn_however_long_ago_they_were_seen():
    bank = Bank.of(make_bank({"data": 10, "modeling": 18, "serving": 12}))
    exposures = dict.fromkeys(bank.unit_of, NOON)
    held = ids_of(draw_form(bank, make_exam(), seed=1, exposures=exposures))
    for seed in range(20):
        form = draw_form(bank, make_exam(), seed=seed, exposures=exposures, held=held)
        assert set(held).isdisjoint(ids_of(form))
    with pytest.raises(BankTooSmall):
        draw_form(bank, make_exam(), seed=1, exposures=exposures, held=list(bank.unit_of)[:30])


def test_a_set_counts_as_seen_when_one_of_its_questions_was():
    entries = [make_entry(f"q{n}", stimulus_id="ferry" if n < 2 else None) for n in range(4)]
    exam = make_blueprint(scored=2, unscored=0, domains=DOMAINS[:1])
    for seed in range(20):
        form = draw_form(Bank.of(entries), exam, seed=seed, exposures={"q1": NOON})
        assert set(ids_of(form)) == {"q2", "q3"}


def test_every_question_has_the_same_chance():
    bank = Bank.of(make_bank({"data": 10, "modeling": 18, "serving": 12}))
    drawn = Counter(q for seed in range(1000) for q in ids_of(draw_form(bank, make_exam(), seed=seed)))
    assert drawn.keys() == bank.unit_of.keys()
    # Half of each domain is drawn: 500 of 1000 each, with a standard deviation of 16.
    assert all(430 < count < 570 for count in drawn.values())


def test_every_slot_is_as_likely_as_any_other_to_be_unscored():
    bank = Bank.of(make_bank({"data": 10, "modeling": 18, "serving": 12}))
    unscored = Counter(
        slot.number for seed in range(1000) for slot in draw_form(bank, make_exam(), seed=seed).slots if not slot.scored
    )
    # Four of twenty: 200 of 1000 each, with a standard deviation of 13.
    assert all(140 < unscored[number] < 260 for number in range(1, 21))


def test_options_stand_in_every_place():
    bank = Bank.of(make_bank({"data": 10, "modeling": 18, "serving": 12}))
    forms = [draw_form(bank, make_exam(), seed=seed) for seed in range(100)]
    places = Counter(slot.option_order.index(0) for form in forms for slot in form.slots)
    # 2000 questions with four options: 500 each, with a standard deviation of 19.
    assert all(420 < places[place] < 580 for place in range(4))


def test_forms_are_parallel_in_difficulty_and_tasks():
    entries = make_bank({"data": 25, "modeling": 45, "serving": 30}, seed=7)
    bank, exam = Bank.of(entries), make_exam()
    known = {entry.question_id: entry for entry in entries}
    forms = [[known[q] for q in ids_of(draw_form(bank, exam, seed=seed))] for seed in range(200)]
    means = [mean(entry.difficulty for entry in form) for form in forms]
    rng = Random(1)
    by_chance = [mean(entry.difficulty for entry in rng.sample(entries, exam.size)) for _ in range(200)]
    assert mean(means) == pytest.approx(mean(entry.difficulty for entry in entries), abs=0.05)
    assert pstdev(means) < pstdev(by_chance) / 3
    # Each task of a domain gets its share of the domain's quota, rounded up or down.
    quotas = domain_quotas(exam)
    for domain in DOMAINS:
        whole = sum(entry.domain == domain.id for entry in entries)
        for task in TASKS[domain.id]:
            share = quotas[domain.id] * sum(entry.task == task for entry in entries) / whole
            counts = {sum(entry.task == task for entry in form) for form in forms}
            assert counts <= {floor(share), ceil(share)}


def test_where_the_weights_cannot_be_kept_the_unscored_questions_are_any():
    # Of eleven seats the third domain gets one, of ten it gets two (the Alabama paradox).
    domains = tuple(Domain(name, name, weight, ()) for name, weight in (("a", 6), ("b", 6), ("c", 2)))
    exam = make_blueprint(scored=10, unscored=1, domains=domains)
    entries = [make_entry(f"{domain.id}{n}", domain=domain.id) for domain in domains for n in range(5)]
    unscored = Counter()
    for seed in range(100):
        form = draw_form(Bank.of(entries), exam, seed=seed)
        assert Counter(slot.domain for slot in form.slots) == {"a": 5, "b": 5, "c": 1}
        unscored += Counter(slot.domain for slot in form.slots if not slot.scored)
    assert sum(unscored.values()) == 100
    assert unscored.keys() == {"a", "b", "c"}


def enemies_in_a_row(names, **changes):
    """Return entries of which each is the enemy of its neighbours."""
    rows = []
    for place, name in enumerate(names):
        neighbours = {names[other] for other in (place - 1, place + 1) if 0 <= other < len(names)}
        rows.append(make_entry(name, enemies=frozenset(neighbours), **changes))
    return rows


def test_of_enemies_only_one_counts_for_the_size_of_the_bank():
    exam = make_blueprint(scored=3, unscored=0, domains=DOMAINS[:1])
    group = [make_entry(n, enemies=frozenset({"a", "b", "c"} - {n})) for n in "abc"]
    bank = Bank.of([*group, make_entry("d")])
    assert bank.capacity("data") == 2
    with pytest.raises(BankTooSmall, match="data needs 3 and has 2") as refused:
        draw_form(bank, exam, seed=1)
    assert refused.value.certification == "tiny"


@pytest.mark.parametrize("names", ["ab", "abc", "abcd", "abcde", "abcdefg", "bcdaefg", "gfeabcd", "badcfeg"])
def test_a_chain_of_enemies_holds_every_other_one(names):
    assert Bank.of(enemies_in_a_row(names)).capacity("data") == ceil(len(names) / 2)


def most_that_can_stand_together(entries):
    """Return the size of the largest choice without enemies, by trying all."""
    if not entries:
        return 0
    first, rest = entries[0], entries[1:]
    friends = [e for e in rest if e.question_id not in first.enemies and first.question_id not in e.enemies]
    return max(1 + most_that_can_stand_together(friends), most_that_can_stand_together(rest))


@given(st.lists(st.integers(0, 9), max_size=10), st.randoms(use_true_random=False))
def test_a_tree_of_enemies_is_counted_exactly(parents, rng):
    names = rng.sample("abcdefghijk", len(parents) + 1)
    edges = [(names[number], names[parent % number]) for number, parent in enumerate(parents, start=1)]
    entries = [make_entry(name, enemies=frozenset(b for a, b in edges if a == name)) for name in names]
    assert Bank.of(entries).capacity("data") == most_that_can_stand_together(entries)


@given(st.sets(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=14))
def test_whatever_the_enmities_the_count_is_never_more_than_can_stand_together(edges):
    entries = [make_entry(n, enemies=frozenset(b for a, b in edges if a == n and a != b)) for n in "abcdefgh"]
    assert 0 < Bank.of(entries).capacity("data") <= most_that_can_stand_together(entries)


def test_a_form_that_fits_only_one_way_is_found():
    exam = make_blueprint(scored=3, unscored=0, domains=DOMAINS[:1])
    bank = Bank.of(enemies_in_a_row("abcde"))
    for seed in range(30):
        assert sorted(ids_of(draw_form(bank, exam, seed=seed))) == ["a", "c", "e"]


def test_enemies_in_two_domains_that_both_are_needed_are_counted_where_they_are_missing():
    exam = make_blueprint(scored=2, unscored=0, domains=(DOMAINS[0], DOMAINS[2]))
    bank = Bank.of(
        [
            make_entry("a", domain="data", enemies=frozenset("b")),
            make_entry("b", domain="serving", task="3.1", enemies=frozenset("a")),
        ]
    )
    assert find_shortages(bank, exam) == []
    with pytest.raises(BankTooSmall, match="serving needs 1 and has 0"):
        draw_form(bank, exam, seed=1)


def test_enemies_in_two_domains_stop_nobody_who_has_seen_everything():
    exam = make_blueprint(scored=3, unscored=0, domains=(DOMAINS[0], DOMAINS[2]))
    entries = [make_entry(f"d{n}", enemies=frozenset({"s0"} if n == 0 else {"s1"} if n == 1 else ())) for n in range(4)]
    entries += [make_entry(f"s{n}", domain="serving", task="3.1") for n in range(2)]
    # By time alone, d0 comes first in every trial, and rules out s0, which its domain cannot spare.
    exposures = {entry.question_id: NOON + timedelta(minutes=n) for n, entry in enumerate(entries)}
    for seed in range(30):
        drawn = ids_of(draw_form(Bank.of(entries), exam, seed=seed, exposures=exposures))
        assert len(drawn) == 3


def test_an_enemy_named_by_one_side_only_is_an_enemy_all_the_same():
    exam = make_blueprint(scored=2, unscored=0, domains=DOMAINS[:1])
    bank = Bank.of([make_entry("a", enemies=frozenset("b")), make_entry("b"), make_entry("c")])
    for seed in range(30):
        assert set(ids_of(draw_form(bank, exam, seed=seed))) in ({"a", "c"}, {"b", "c"})


def test_a_set_that_does_not_fit_any_more_is_left_out():
    exam = make_blueprint(scored=2, unscored=0, domains=DOMAINS[:1])
    entries = [make_entry(f"q{n}", stimulus_id="ferry") for n in range(3)] + [make_entry(f"s{n}") for n in range(2)]
    for seed in range(20):
        assert sorted(ids_of(draw_form(Bank.of(entries), exam, seed=seed))) == ["s0", "s1"]


def test_nothing_is_asked_again_where_a_luckier_order_of_new_sets_would_do():
    exam = make_blueprint(domains=DOMAINS[:1], scored=4, unscored=0)
    new = [make_entry(f"q{n}", stimulus_id="ferry") for n in range(3)] + [make_entry(f"s{n}") for n in range(3)]
    old = [make_entry(f"old{n}") for n in range(6)]
    exposures = {entry.question_id: NOON for entry in old}
    # Taken first, two of the three single questions leave no place for the set, and three no new question for the last.
    for seed in range(100):
        drawn = ids_of(draw_form(Bank.of(new + old), exam, seed=seed, exposures=exposures))
        assert exposures.keys().isdisjoint(drawn)


def test_what_must_be_asked_again_is_counted_before_a_form_is_looked_for():
    exam = make_blueprint(domains=DOMAINS[:1], scored=4, unscored=0)
    entries = [make_entry(f"q{n}") for n in range(5)] + [make_entry("other", domain="gone")]
    exposures = {"q0": NOON, "q1": NOON, "other": NOON}
    form = draw_form(Bank.of(entries), exam, seed=1, exposures=exposures, held=("q2",))
    assert set(ids_of(form)) == {"q0", "q1", "q3", "q4"}


def test_a_bank_knows_how_many_questions_it_has():
    assert len(Bank.of(make_bank({"data": 3, "serving": 4}))) == 7
    assert len(Bank.of([])) == 0
    assert Bank.of([]).capacity("data") == 0


CELLS = st.dictionaries(st.tuples(st.sampled_from("abc"), st.integers(1, 5)), st.integers(0, 9), min_size=1)


@given(CELLS, st.floats(0, 1), st.integers(0, 10**6))
def test_spreading_gives_every_cell_and_every_task_its_share_rounded_up_or_down(sizes, portion, seed):
    whole = sum(sizes.values())
    total = round(portion * whole)
    shares = spread(sizes, total, Random(seed))
    assert shares.keys() == sizes.keys()
    assert sum(shares.values()) == total
    if whole == 0:
        return
    for cell, size in sizes.items():
        exact = size * total / whole
        assert floor(exact) <= shares[cell] <= ceil(exact) <= size
    for task in {task for task, _ in sizes}:
        exact = sum(size for cell, size in sizes.items() if cell[0] == task) * total / whole
        given_ = sum(share for cell, share in shares.items() if cell[0] == task)
        assert floor(exact + 1e-9) <= given_ <= ceil(exact - 1e-9)
