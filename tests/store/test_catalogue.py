"""What is kept in memory is what the database says."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from clock import START
from factories import make_blueprint, make_pack, make_question, make_questions
from sqlalchemy import event
from sqlmodel import Session

from simulator.exam.errors import NotFound
from simulator.exam.question import RETIRED
from simulator.operations.accounts import admit_candidate
from simulator.operations.importing import import_pack
from simulator.operations.sitting import Choices, start_attempt
from simulator.store import catalogue as catalogues
from simulator.store.catalogue import Catalogue


@pytest.fixture
def stocked(session: Session) -> Session:
    import_pack(session, make_pack(), now=START)
    session.commit()
    return session


@pytest.fixture
def statements(engine) -> list[str]:
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: seen.append(arguments[2]))
    return seen


def start(session, catalogue, attempt_id="attempt"):
    admit_candidate(session, "alice", now=START)
    return start_attempt(session, catalogue, "tiny", Choices(), attempt_id=attempt_id, seed=1, actor="alice", now=START)


def test_a_question_version_is_read_once(stocked, statements):
    catalogue, versions = Catalogue(), [question.version for question in make_pack().questions]
    first = catalogue.questions(stocked, versions)
    assert [first[version] for version in versions] == make_questions()
    statements.clear()
    assert catalogue.questions(stocked, versions) == first
    assert statements == []


def test_a_full_memory_starts_over_and_forgets_nothing_that_is_asked_for(stocked, monkeypatch):
    monkeypatch.setattr(catalogues, "MOST_QUESTIONS", 3)
    monkeypatch.setattr(catalogues, "MOST_ATTEMPTS", 1)
    catalogue, versions = Catalogue(), [question.version for question in make_pack().questions]
    for some in (versions[:2], versions[1:4], versions[2:8], versions[:1]):
        assert catalogue.questions(stocked, some).keys() == set(some)
    attempt = start(stocked, catalogue)
    for attempt_id in (attempt.id, attempt.id):
        assert catalogue.attempt(stocked, attempt_id, actor="alice").id == attempt.id


def test_threads_that_fill_the_memory_at_once_all_get_their_questions(engine, stocked, monkeypatch):
    monkeypatch.setattr(catalogues, "MOST_QUESTIONS", 3)
    catalogue, versions = Catalogue(), [question.version for question in make_pack().questions]

    def read(number: int) -> bool:
        some = [versions[number % 12], versions[(number * 7 + 1) % 12]]
        with Session(engine) as session:
            return catalogue.questions(session, some).keys() == set(some)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(300)))


def test_an_attempts_facts_are_read_once_and_belong_to_its_candidate(stocked, statements):
    catalogue = Catalogue()
    attempt = start(stocked, catalogue)
    stocked.commit()
    facts = catalogue.attempt(stocked, attempt.id, actor="alice")
    assert (facts.deadline_at, facts.started_at) == (START + timedelta(hours=1), START)
    assert len(facts.form.slots) == 6
    statements.clear()
    assert catalogue.attempt(stocked, attempt.id, actor="alice") is facts
    assert statements == []
    for actor, attempt_id in (("bob", attempt.id), ("alice", "another")):
        with pytest.raises(NotFound):
            catalogue.attempt(stocked, attempt_id, actor=actor)


def test_the_bank_is_kept_until_a_pack_that_feeds_it_changes(stocked):
    catalogue = Catalogue()
    bank = catalogue.bank(stocked, "tiny")
    assert len(bank) == 12
    assert catalogue.bank(stocked, "tiny") is bank
    import_pack(stocked, make_pack([*make_questions(), make_question("q99")]), now=START)
    assert len(catalogue.bank(stocked, "tiny")) == 13


def test_another_packs_questions_for_the_same_certification_are_in_the_bank(stocked):
    catalogue = Catalogue()
    assert len(catalogue.bank(stocked, "tiny")) == 12
    extra = make_pack([make_question("q00")], id="extra-pack", fingerprint="other")
    import_pack(stocked, replace(extra, blueprint=None), now=START)
    assert len(catalogue.bank(stocked, "tiny")) == 13


def test_questions_that_are_not_ready_are_not_in_the_bank(stocked):
    import_pack(stocked, make_pack(status=RETIRED), now=START)
    assert len(Catalogue().bank(stocked, "tiny")) == 0


def test_a_certification_nobody_feeds_has_an_empty_bank(stocked):
    assert len(Catalogue().bank(stocked, "another")) == 0
    assert make_blueprint().id == "tiny"
