"""How ready alice is, put together from both databases."""

from dataclasses import replace

import pytest
from factories import make_blueprint, make_pack, make_questions
from sqlmodel import Session

from simulator.exam.errors import NotFound
from simulator.exam.readiness import Cut
from simulator.operations.readiness import assess_all, assess_certification, assume_cut
from simulator.store.queries.readiness import list_assumed_cuts, list_item_difficulties
from simulator.store.tables import ItemStatisticsRow


@pytest.fixture
def _sea(desk):
    """A second certification with questions of its own about the same skill."""
    blueprint = make_blueprint(id="sea", code="SEA-1", title="Sea Certification", vendor="Sea")
    questions = [replace(question, id=f"sea-{question.id}") for question in make_questions()]
    pack = make_pack(questions, blueprint=blueprint)
    desk.load(replace(pack, id="sea-pack", certification="sea"))


def sit(desk, clock, *, right=6, actor="alice", attempt_id="attempt", seed=1, certification="tiny"):
    desk.begin(actor=actor, attempt_id=attempt_id, seed=seed, certification=certification)
    epoch = desk.hold(attempt_id, actor=actor).epoch
    for slot in desk.form(attempt_id, actor=actor).slots:
        clock.advance(seconds=30)
        response = desk.right(slot) if slot.number <= right else desk.wrong(slot)
        desk.save(slot.number, response, sequence=slot.number, epoch=epoch, attempt_id=attempt_id, actor=actor)
    desk.submit(attempt_id, actor=actor)


def assess(desk, certification_id="tiny", *, actor="alice"):
    return desk.read(lambda s: assess_certification(s, desk.catalogue, certification_id, actor=actor, now=desk.clock()))


def assess_each(desk, *, actor="alice", transferring=False):
    found = desk.read(lambda s: assess_all(s, desk.catalogue, actor=actor, now=desk.clock(), transferring=transferring))
    return {assessment.blueprint.id: assessment for assessment in found}


def assume(desk, cut, certification_id="tiny", *, actor="alice"):
    desk.write(lambda s: assume_cut(s, certification_id, cut, actor=actor, now=desk.clock()))


def test_a_newcomer_has_no_readiness_and_the_default_cut(desk):
    for actor in (None, "nobody"):
        found = assess(desk, actor=actor)
        assert found.readiness is None
        assert found.course() == found.course_with_intervals() == ()
        assert not found.own_cut
        assert found.cut == Cut(0.7, 0.05)


def test_an_exam_that_was_handed_in_empty_says_nothing(desk):
    desk.begin()
    desk.submit()
    found = assess(desk)
    assert len(found.evidence) == 6
    assert found.readiness is None
    assert found.course() == ()


def test_right_answers_make_her_readier_than_wrong_ones(desk, clock):
    sit(desk, clock, right=6)
    sit(desk, clock, right=0, actor="bob", attempt_id="bobs")
    alice, bob = assess(desk).readiness, assess(desk, actor="bob").readiness
    assert alice.responses == bob.responses == 6
    assert alice.probability > 0.5 > bob.probability
    assert alice.low <= alice.probability <= alice.high
    assert [domain.responses for domain in alice.domains] == [4, 2]


def test_the_course_has_a_moment_for_every_sitting_that_showed_something_new(desk, clock):
    sit(desk, clock)
    clock.advance(days=1)
    sit(desk, clock, attempt_id="second", seed=2)
    first, second = assess(desk).course_with_intervals()
    assert first.at < second.at
    assert first.responses == 6 < second.responses
    assert second.probability == pytest.approx(assess(desk).readiness.probability, abs=0.01)
    assert [moment.probability for moment in assess(desk).course()] == pytest.approx(
        [first.probability, second.probability]
    )


def test_the_cut_that_alice_assumes_is_hers_alone_and_can_be_taken_back(desk, clock):
    sit(desk, clock)
    before = assess(desk).readiness.probability
    assume(desk, Cut(0.9, 0.02))
    assert assess(desk).own_cut
    assert assess(desk).cut == Cut(0.9, 0.02)
    assert assess(desk).readiness.probability < before
    assert assess(desk, actor="bob").cut == Cut(0.7, 0.05)
    assume(desk, Cut(0.6, 0.1))
    assert assess(desk).cut == Cut(0.6, 0.1)
    assume(desk, None)
    assume(desk, None)
    assert not assess(desk).own_cut
    assert assess(desk).readiness.probability == pytest.approx(before)


def test_a_newcomer_may_assume_a_cut_before_the_first_exam(desk):
    assume(desk, Cut(0.8, 0.05), actor="newcomer")
    assert desk.read(lambda s: list_assumed_cuts(s, actor="newcomer")) == {"tiny": Cut(0.8, 0.05)}


def test_an_unknown_certification_is_not_found(desk):
    with pytest.raises(NotFound):
        assess(desk, "unknown")
    with pytest.raises(NotFound):
        assume(desk, Cut(0.7, 0.05), "unknown")


def test_difficulties_learned_from_data_count(desk, clock):
    sit(desk, clock)
    before = assess(desk).readiness.probability
    versions = {slot.version for slot in desk.form().slots}

    def learn(session: Session) -> None:
        for version in versions:
            session.add(
                ItemStatisticsRow(
                    version=version,
                    certification_id="tiny",
                    responses=500,
                    difficulty_mean=-3.0,
                    difficulty_sd=0.1,
                    document={},
                    calibrated_at=desk.clock(),
                )
            )

    desk.write(learn)
    assert set(desk.read(list_item_difficulties)) == versions
    assert desk.read(lambda s: list_item_difficulties(s, "other")) == {}
    assert assess(desk).readiness.probability != pytest.approx(before)


@pytest.mark.usefixtures("_sea")
def test_every_certification_is_assessed_from_its_own_evidence(desk, clock):
    sit(desk, clock)
    found = assess_each(desk)
    assert list(found) == ["sea", "tiny"]
    assert found["sea"].readiness is None
    assert found["tiny"].readiness.probability == pytest.approx(assess(desk).readiness.probability)
    assert found["tiny"].lent == {}


@pytest.mark.usefixtures("_sea")
def test_what_is_known_of_one_certification_tells_about_another_at_a_discount(desk, clock):
    sit(desk, clock)
    found = assess_each(desk, transferring=True)
    sea, tiny = found["sea"], found["tiny"]
    assert sea.readiness.responses == 0
    assert 0 < sea.lent["tiny"] < 6
    assert sea.readiness.transferred == pytest.approx(sea.lent["tiny"])
    assert 0.5 < sea.readiness.probability < tiny.readiness.probability
    assert tiny.lent == {}
    assert sea.course() == ()


@pytest.mark.usefixtures("_sea")
def test_somebody_without_evidence_has_nothing_to_transfer(desk):
    for actor in (None, "nobody"):
        assert all(one.readiness is None for one in assess_each(desk, actor=actor, transferring=True).values())


@pytest.mark.usefixtures("_sea")
def test_evidence_that_touches_no_skill_of_another_certification_says_nothing_about_it(desk, clock):
    blueprint = make_blueprint(id="moon", code="MOON-1", title="Moon Certification", vendor="Moon")
    questions = [replace(question, id=f"moon-{question.id}", skills=("encryption",)) for question in make_questions()]
    desk.load(replace(make_pack(questions, blueprint=blueprint), id="moon-pack", certification="moon"))
    sit(desk, clock)
    assert assess_each(desk, transferring=True)["moon"].readiness is None
