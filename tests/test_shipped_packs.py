"""The packs that ship: enough questions, in the vendors' proportions, with keys that don't give themselves away."""

from collections import Counter
from datetime import date

import pytest

from simulator import paths
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


def test_all_packs_together_are_without_errors_and_unexplained_warnings():
    linted = lint_packs(find_packs(paths.questions()), skills=SKILLS, today=date(2026, 11, 25))
    told = [problem for problem in linted.problems if problem.severity != "info" and problem.silenced is None]
    assert [str(problem) for problem in told if problem.severity == "error"] == []


@pytest.mark.parametrize(("name", "least"), [(AWS, 65), (GOOGLE, 60), (ASSOCIATE, 65)])
def test_there_are_questions_for_a_whole_exam(packs, name, least):
    assert len(questions_of(packs[name])) >= least


@pytest.mark.parametrize("name", [AWS, ASSOCIATE])
def test_the_aws_packs_have_multiple_responses(packs, name):
    assert sum(question.type == "multiple_response" for question in questions_of(packs[name])) >= 10


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
    assert longest / len(single) <= 0.35


def test_every_question_teaches(pack):
    for question in questions_of(pack):
        assert all(len(option.rationale) >= 40 for option in question.options), question.id
        assert question.references, question.id
        assert question.takeaway, question.id
        if question.type == "single_choice":
            assert len(question.options) == 4, question.id
        else:
            assert len(question.options) in (5, 6), question.id


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
