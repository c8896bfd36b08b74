"""A pack comes into the bank as a whole, once, and never changes what somebody has sat."""

from dataclasses import replace
from pathlib import Path

import pytest
from clock import START
from factories import make_blueprint, make_pack, make_question, make_questions
from sqlmodel import Session, select

from simulator.exam.question import DRAFT
from simulator.operations import importing
from simulator.operations.importing import CertificationTaken, Imported, PackDoesNotFit, add_pack, import_pack
from simulator.store.catalogue import Catalogue
from simulator.store.queries.bank import count_ready, get_blueprint, list_blueprints, list_packs
from simulator.store.tables import PackRow, QuestionRow, QuestionVersionRow


def counts(imported: Imported) -> tuple[int, int, int, int]:
    return (imported.added, imported.changed, imported.unchanged, imported.retired)


def versions(session: Session) -> dict[str, str]:
    return {row.id: row.version for row in session.exec(select(QuestionRow))}


def test_a_pack_brings_its_certification_and_its_questions(session):
    imported = import_pack(session, make_pack(), now=START)
    assert imported == Imported("tiny-pack", 12, 0, 0, 0)
    assert get_blueprint(session, "tiny") == make_blueprint()
    assert count_ready(session) == {"tiny-pack": 12}
    (pack,) = list_packs(session)
    assert (pack.id, pack.title, pack.version, pack.authors, pack.verified_on) == (
        "tiny-pack",
        "Tiny pack",
        "1.0.0",
        ["Alice"],
        "2026-11-01",
    )
    entry = next(e for e in Catalogue().bank(session, "tiny").unit_of["tiny-pack/q03"].entries)
    assert (entry.domain, entry.task, entry.difficulty, entry.option_count) == ("data", "1.1", 4, 5)


def test_importing_the_same_pack_again_changes_nothing(session):
    import_pack(session, make_pack(), now=START)
    before = versions(session)
    assert counts(import_pack(session, make_pack(), now=START)) == (0, 0, 12, 0)
    assert versions(session) == before
    assert len(session.exec(select(QuestionVersionRow)).all()) == 12


def test_a_changed_question_gets_a_new_version_and_the_old_one_stays(session):
    import_pack(session, make_pack(), now=START)
    old = versions(session)
    questions = make_questions()
    questions[0] = replace(questions[0], takeaway="Another takeaway.")
    assert counts(import_pack(session, make_pack(questions), now=START)) == (0, 1, 11, 0)
    new = versions(session)
    assert {question_id for question_id in new if new[question_id] != old[question_id]} == {"tiny-pack/q00"}
    assert session.get(QuestionVersionRow, old["tiny-pack/q00"]) is not None
    assert session.get(QuestionVersionRow, new["tiny-pack/q00"]).document["takeaway"] == "Another takeaway."


def test_a_question_that_goes_back_to_its_old_words_has_its_old_version(session):
    import_pack(session, make_pack(), now=START)
    old = versions(session)
    changed = [replace(question, takeaway="Another takeaway.") for question in make_questions()]
    import_pack(session, make_pack(changed), now=START)
    assert counts(import_pack(session, make_pack(), now=START)) == (0, 12, 0, 0)
    assert versions(session) == old


def test_a_question_that_left_the_pack_is_retired_once_and_may_come_back(session):
    import_pack(session, make_pack(), now=START)
    assert counts(import_pack(session, make_pack(make_questions()[1:]), now=START)) == (0, 0, 11, 1)
    assert "tiny-pack/q00" not in Catalogue().bank(session, "tiny").unit_of
    assert counts(import_pack(session, make_pack(make_questions()[1:]), now=START)) == (0, 0, 11, 0)
    assert counts(import_pack(session, make_pack(), now=START)) == (0, 0, 12, 0)
    assert "tiny-pack/q00" in Catalogue().bank(session, "tiny").unit_of


def test_a_new_status_makes_no_new_version(session):
    import_pack(session, make_pack(), now=START)
    assert counts(import_pack(session, make_pack(status=DRAFT), now=START)) == (0, 0, 12, 0)
    assert len(Catalogue().bank(session, "tiny")) == 0
    assert len(session.exec(select(QuestionVersionRow)).all()) == 12


def test_enemies_and_shared_stimuli_are_named_with_their_pack(session):
    question = replace(make_question("q1"), stimulus_id="ferry", stimulus="A ferry.")
    pack = make_pack([question, make_question("q2")])
    first = replace(pack.questions[0], enemies=frozenset({"q2"}))
    import_pack(session, replace(pack, questions=(first, pack.questions[1])), now=START)
    row = session.get(QuestionRow, "tiny-pack/q1")
    assert (row.enemies, row.stimulus_id) == (["tiny-pack/q2"], "tiny-pack/ferry")


def test_two_packs_may_have_a_question_of_the_same_id_and_even_the_same_words(session):
    import_pack(session, make_pack(), now=START)
    other = make_pack(id="other-pack", blueprint=None)
    assert counts(import_pack(session, replace(other, blueprint=None), now=START)) == (12, 0, 0, 0)
    assert len(Catalogue().bank(session, "tiny")) == 24
    assert len(session.exec(select(QuestionVersionRow)).all()) == 12


def test_a_second_pack_may_not_bring_the_same_certification(session):
    import_pack(session, make_pack(), now=START)
    session.commit()
    with pytest.raises(CertificationTaken, match=r"tiny-pack did already"):
        import_pack(session, make_pack(id="other-pack"), now=START)
    session.rollback()
    assert [pack.id for pack in list_packs(session)] == ["tiny-pack"]


def test_an_import_that_fails_half_way_leaves_nothing(desk, monkeypatch):
    def fail_late(pack, question):
        if question.question.id == "q11":
            raise RuntimeError("the disk is full")
        return row(pack, question)

    row = importing._question_row
    monkeypatch.setattr(importing, "_question_row", fail_late)
    with pytest.raises(RuntimeError):
        desk.load(make_pack(id="other-pack", blueprint=make_blueprint(id="other")))
    assert desk.read(lambda s: [p.id for p in s.exec(select(PackRow))]) == ["tiny-pack"]
    assert desk.read(lambda s: [b.id for b in list_blueprints(s)]) == ["tiny"]


def test_certifications_are_listed_current_ones_first(session):
    for name, title, status in (("b", "Beta", "current"), ("a", "Alpha", "retired"), ("c", "Alpha", "current")):
        blueprint = make_blueprint(id=name, title=title, status=status)
        import_pack(session, make_pack([make_question(name)], id=f"pack-{name}", blueprint=blueprint), now=START)
    assert [blueprint.id for blueprint in list_blueprints(session)] == ["c", "b", "a"]


def test_an_old_attempt_is_reported_in_the_words_that_were_shown(desk):
    desk.begin()
    slot = desk.form().slots[0]
    shown = desk.question(slot)
    changed = [replace(question, scenario="Rewritten.", takeaway="Rewritten.") for question in make_questions()]
    desk.load(make_pack(changed, blueprint=make_blueprint(title="Renamed", minutes=10)))
    epoch = desk.hold().epoch
    desk.save(1, desk.right(slot), sequence=1, epoch=epoch)
    desk.submit()
    report = desk.report()
    assert report.slots[0].question == shown
    assert report.slots[0].graded.credit == 1.0
    assert report.blueprint.title == "Tiny Certification"
    assert report.allowed_seconds == 3600
    desk.begin(attempt_id="next")
    assert {desk.question(slot).scenario for slot in desk.form("next").slots} == {"Rewritten."}


def test_a_pack_without_a_blueprint_needs_one_that_is_there_and_fits(session):
    extra = replace(make_pack([make_question("extra")], id="extra-pack"), blueprint=None)
    with pytest.raises(PackDoesNotFit, match="which no pack has brought yet"):
        import_pack(session, extra, now=START)
    import_pack(session, make_pack(), now=START)
    assert counts(import_pack(session, extra, now=START)) == (1, 0, 0, 0)
    for changes in ({"domain": "cooking"}, {"task": "9.9"}, {"task": "2.1"}):
        stray = make_pack([make_question("stray", **changes)], id="stray-pack", fingerprint=str(changes))
        with pytest.raises(PackDoesNotFit, match=r"questions\.yaml:1: tiny has no task"):
            import_pack(session, replace(stray, blueprint=None), now=START)


@pytest.fixture
def shipped(monkeypatch):
    """A pack among those that ship, as its files say; the files themselves are read in the tests of the packs."""
    path = Path("tiny-pack")
    pack = make_pack()
    monkeypatch.setattr(importing, "fingerprint", lambda path: pack.fingerprint)
    monkeypatch.setattr(importing, "load_pack", lambda path, *, skills: pack)
    return path


def add(session, path, *, shipped):
    return add_pack(session, path, skills=frozenset(), shipped=shipped, now=START)


def test_a_pack_whose_files_are_as_they_were_is_not_read_again(session, shipped, monkeypatch):
    assert counts(add(session, shipped, shipped=True)) == (12, 0, 0, 0)
    monkeypatch.setattr(importing, "load_pack", None)
    assert add(session, shipped, shipped=True) is None


def test_a_pack_that_ships_does_not_replace_what_an_instructor_has_added(session, shipped):
    own = make_pack(make_questions()[:8], version="2.0.0")
    import_pack(session, own, now=START)
    assert add(session, shipped, shipped=True) is None
    assert count_ready(session) == {"tiny-pack": 8}
    assert counts(add(session, shipped, shipped=False)) == (4, 0, 8, 0)


def test_a_newer_release_replaces_the_packs_that_came_with_the_one_before(session, shipped):
    import_pack(session, make_pack(make_questions()[:8], fingerprint="old"), shipped=True, now=START)
    assert counts(add(session, shipped, shipped=True)) == (4, 0, 8, 0)
