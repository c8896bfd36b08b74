"""The packs that ship: enough questions, in the vendors' proportions, with keys that don't give themselves away."""

from collections import Counter
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest

from simulator import paths
from simulator.exam.blueprint import domain_quotas
from simulator.exam.question import READY
from simulator.exam.selection import Bank, BankEntry, draw_form
from simulator.packs.lint import lint_packs
from simulator.packs.loading import LoadedPack, find_packs, load_pack, read_skills

SKILLS = frozenset(read_skills(paths.questions() / "skills.yaml"))
AWS, GOOGLE, ASSOCIATE = "aws-mls-c01", "google-pmle", "aws-mla-c01"
# The 99th percentile of the chi-square distribution with three degrees of freedom.
CHI_SQUARE_1_PERCENT = 11.345


@pytest.fixture(scope="module")
def packs() -> dict[str, LoadedPack]:
    return {path.name: load_pack(path, skills=SKILLS) for path in find_packs(paths.questions())}


@pytest.fixture(params=[AWS, GOOGLE, ASSOCIATE])
def pack(request, packs):
    return packs[request.param]


def bank_of(pack):
    return Bank.of(
        BankEntry(
            question_id=loaded.question.id,
            version=loaded.version,
            domain=loaded.question.domain,
            task=loaded.question.task,
            difficulty=loaded.question.difficulty,
            option_count=len(loaded.question.options),
            enemies=loaded.enemies,
            stimulus_id=loaded.question.stimulus_id,
            shuffle=loaded.question.shuffle,
        )
        for loaded in pack.questions
        if loaded.status == READY
    )


def questions_of(pack):
    return [loaded.question for loaded in pack.questions if loaded.status == READY]


def test_those_are_the_packs_that_ship(packs):
    assert packs.keys() >= {AWS, GOOGLE, ASSOCIATE}
    assert all(name == pack.id for name, pack in packs.items())


def test_all_packs_together_are_without_errors_and_unexplained_warnings(packs):
    last_checked = max(loaded.verified_on for pack in packs.values() for loaded in pack.questions if loaded.verified_on)
    linted = lint_packs(find_packs(paths.questions()), skills=SKILLS, today=last_checked)
    told = [problem for problem in linted.problems if problem.severity != "info" and problem.silenced is None]
    assert [str(problem) for problem in told] == []


@pytest.mark.parametrize(("name", "least"), [(AWS, 195), (GOOGLE, 180), (ASSOCIATE, 195)])
def test_there_are_questions_for_three_exams(packs, name, least):
    assert len(questions_of(packs[name])) >= least


@pytest.mark.parametrize("seed", range(20))
def test_three_exams_without_a_common_question_can_be_drawn(pack, seed):
    bank, blueprint = bank_of(pack), pack.blueprint
    seen: set[str] = set()
    for number in range(3):
        form = draw_form(bank, blueprint, seed=100 * seed + number, held=seen)
        assert [Counter(slot.domain for slot in form.slots)[domain] for domain in domain_quotas(blueprint)] == list(
            domain_quotas(blueprint).values()
        )
        drawn = {slot.question_id for slot in form.slots}
        assert drawn.isdisjoint(seen)
        seen |= drawn
    assert len(seen) == 3 * blueprint.size


@pytest.mark.parametrize("seed", range(20))
def test_a_candidate_meets_nothing_again_in_the_first_three_exams(pack, seed):
    exposures: dict[str, datetime] = {}
    for number in range(3):
        form = draw_form(bank_of(pack), pack.blueprint, seed=100 * seed + number, exposures=exposures)
        assert exposures.keys().isdisjoint(slot.question_id for slot in form.slots)
        sat = datetime(2026, 11, 1 + number, tzinfo=UTC)
        exposures |= {slot.question_id: sat for slot in form.slots}


def test_every_task_has_at_least_three_questions(pack):
    counts = Counter(question.task for question in questions_of(pack))
    tasks = [task.id for domain in pack.blueprint.domains for task in domain.tasks]
    assert {task: counts[task] for task in tasks if counts[task] < 3} == {}


def test_the_associate_exam_has_all_its_item_types_in_realistic_proportion(packs):
    questions = questions_of(packs[ASSOCIATE])
    shares = {kind: count / len(questions) for kind, count in Counter(q.type for q in questions).items()}
    assert set(shares) == {"single_choice", "multiple_response", "ordering", "matching"}
    assert 0.04 <= shares["ordering"] <= 0.1
    assert 0.04 <= shares["matching"] <= 0.1
    assert 0.1 <= shares["multiple_response"] <= 0.25
    cases = Counter(q.stimulus_id for q in questions if q.stimulus_id)
    assert len(cases) >= 8
    assert min(cases.values()) >= 2
    assert 0.05 <= sum(cases.values()) / len(questions) <= 0.15


def test_orderings_and_matchings_have_the_sizes_of_the_exam_guide(packs):
    for question in questions_of(packs[ASSOCIATE]):
        if question.type == "ordering":
            assert 3 <= sum(option.place > 0 for option in question.options) <= 5, question.id
        if question.type == "matching":
            assert 3 <= len(question.prompts) <= 7, question.id


@pytest.mark.parametrize("name", [AWS, ASSOCIATE])
def test_the_aws_packs_have_multiple_responses(packs, name):
    assert sum(question.type == "multiple_response" for question in questions_of(packs[name])) >= 25


def test_the_current_aws_exam_is_the_first_on_offer(packs):
    order = sorted((pack.blueprint.status, pack.blueprint.vendor, pack.id) for pack in packs.values())
    assert order[0][2] == ASSOCIATE


def test_every_certification_says_what_it_is(pack):
    assert len(pack.blueprint.description) >= 100
    assert pack.blueprint.sources
    assert pack.blueprint.pass_mark.note


@pytest.mark.parametrize(
    ("name", "quotas"), [(AWS, [13, 16, 23, 13]), (GOOGLE, [8, 9, 12, 12, 11, 8]), (ASSOCIATE, [18, 17, 14, 16])]
)
def test_every_form_has_the_vendors_proportions(packs, name, quotas):
    pack = packs[name]
    bank = bank_of(pack)
    for seed in range(200):
        counts = Counter(slot.domain for slot in draw_form(bank, pack.blueprint, seed=seed).slots)
        assert [counts[domain.id] for domain in pack.blueprint.domains] == quotas


def test_mls_c01_is_as_amazon_described_it_and_retired(packs):
    blueprint = packs[AWS].blueprint
    assert (blueprint.code, blueprint.minutes, blueprint.size, blueprint.scored) == ("MLS-C01", 180, 65, 50)
    assert blueprint.unscored == 15
    assert (blueprint.status, blueprint.retired_on, blueprint.successor) == ("retired", date(2026, 3, 31), "MLA-C01")
    assert (blueprint.pass_mark.score, blueprint.pass_mark.nature) == (750, "published")
    form = draw_form(bank_of(packs[AWS]), blueprint, seed=1)
    assert sum(not slot.scored for slot in form.slots) == 15


def test_google_publishes_no_pass_mark(packs):
    blueprint = packs[GOOGLE].blueprint
    assert blueprint.pass_mark.nature == "assumed"
    assert (blueprint.minutes, blueprint.size, blueprint.status) == (120, 60, "current")


def test_keys_stand_in_every_place_about_as_often(pack):
    keys = [min(question.key) for question in questions_of(pack) if len(question.key) == 1]
    expected = len(keys) / 4
    chi_square = sum((keys.count(place) - expected) ** 2 / expected for place in range(4))
    assert chi_square < CHI_SQUARE_1_PERCENT


def test_the_key_is_seldom_the_longest_option(pack):
    single = [question for question in questions_of(pack) if len(question.key) == 1]
    longest = 0
    for question in single:
        lengths = [len(option.text) for option in question.options]
        longest += lengths[min(question.key)] == max(lengths)
    assert longest / len(single) <= 0.3


def test_every_question_teaches(pack):
    for question in questions_of(pack):
        assert all(len(option.rationale) >= 40 for option in question.options), question.id
        assert question.references, question.id
        assert question.takeaway, question.id
        assert all(len(prompt.rationale) >= 20 for prompt in question.prompts), question.id
        assert all(reference.url.startswith("https://") for reference in question.references), question.id
        if question.type == "single_choice":
            assert len(question.options) == 4, question.id
        if question.type == "multiple_response":
            assert len(question.options) in (5, 6), question.id


# Whose pages count as the vendor's documentation; TensorFlow and the pages for developers are Google's own.
DOCUMENTATION = {
    AWS: ("aws.amazon.com",),
    ASSOCIATE: ("aws.amazon.com",),
    GOOGLE: ("cloud.google.com", "developers.google.com", "ai.google.dev", "tensorflow.org"),
}


def test_every_question_cites_the_vendors_documentation_and_says_when_it_was_checked(pack):
    for loaded in pack.questions:
        hosts = {urlsplit(reference.url).hostname or "" for reference in loaded.question.references}
        assert any(f".{host}".endswith(f".{own}") for host in hosts for own in DOCUMENTATION[pack.id]), (
            loaded.question.id
        )
        assert loaded.verified_on is not None, loaded.question.id


def test_the_certifications_share_most_of_their_skills(packs):
    skills = [{skill for question in questions_of(pack) for skill in question.skills} for pack in packs.values()]
    assert len(set.intersection(*skills)) >= 35


def test_a_question_without_misconceptions_has_the_version_it_had_before_there_were_any(packs):
    versions = {loaded.question.id: loaded.version for loaded in packs["aws-mls-c01"].questions}
    assert versions["mls-de-lustre-many-epochs"] == "edb197a1a25021da895a271d5886dae9"


def test_misconceptions_are_short_and_several_questions_share_them(packs):
    met: dict[str, set[str]] = {}
    for pack in packs.values():
        for question in questions_of(pack):
            for option in question.options:
                if option.misconception:
                    met.setdefault(option.misconception, set()).add(question.id)
    assert len(met) >= 25
    assert max(map(len, met)) <= 80
    assert not any(words.endswith(".") for words in met)
    assert sum(len(questions) > 1 for questions in met.values()) >= 20
    assert len({words.casefold() for words in met}) == len(met)
