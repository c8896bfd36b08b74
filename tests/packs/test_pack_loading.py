"""An instructor's pack is loaded: what comes out, and when it counts as changed."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from simulator.exam.blueprint import Fact
from simulator.exam.question import content_hash, to_document
from simulator.packs.loading import LoadedPack, find_packs, fingerprint, load_pack, read_skills
from simulator.packs.problems import PackInvalid

SHIPPED = Path(__file__).parents[2] / "questions"


def load(path: Path, skills: frozenset[str]) -> LoadedPack:
    return load_pack(path, skills=skills)


def test_a_pack_loads_with_its_facts_its_blueprint_and_its_questions(write, files, skills):
    pack = load(write(files), skills)
    assert (pack.id, pack.title, pack.version, pack.language) == ("tiny", "A tiny pack", "1.0.0", "en")
    assert (pack.licence, pack.authors, pack.certification) == ("CC-BY-4.0", ("Alice",), "tiny-cert")
    assert pack.verified_on == date(2026, 11, 23)
    assert pack.blueprint is not None
    assert (pack.blueprint.id, pack.blueprint.size, pack.blueprint.unscored) == ("tiny-cert", 2, 0)
    assert [domain.weight for domain in pack.blueprint.domains] == [60, 40.5]
    assert pack.blueprint.pass_mark.nature == "assumed"
    assert [(q.question.id, q.status, q.file, q.line) for q in pack.questions] == [
        ("late-events", "ready", "questions.yaml", 2),
        ("skewed-classes", "draft", "questions.yaml", 25),
    ]


def test_a_question_keeps_its_texts_without_blanks_around_them(write, files, skills):
    question = load(write(files), skills).questions[0].question
    assert question.scenario == "A ferry line receives events late."
    assert question.prompt == "Which change helps **MOST**?"
    assert question.key == {0}
    assert question.shuffle
    assert question.stimulus_id is None


def test_a_question_carries_its_shared_stimulus(write, files, skills):
    question = load(write(files), skills).questions[1].question
    assert (question.stimulus_id, question.stimulus) == ("ferry", "A ferry line looks for rare failures.")
    assert not question.shuffle


def test_a_wrong_option_may_name_the_misconception_it_stands_for(write, files, skills):
    before = load(write(files), skills).questions[0]
    said = "rationale: They are needed.\n        misconception: Late events never matter"
    files["questions.yaml"] = files["questions.yaml"].replace("rationale: They are needed.", said)
    loaded = load(write(files), skills).questions[0]
    found = [option.misconception for option in loaded.question.options]
    assert found == ["", "Late events never matter", "", ""]
    assert loaded.version != before.version


def test_an_empty_misconception_is_none_and_makes_no_new_version(write, files, skills):
    before = load(write(files), skills).questions[0]
    said = "rationale: They are needed.\n        misconception: ''"
    files["questions.yaml"] = files["questions.yaml"].replace("rationale: They are needed.", said)
    assert load(write(files), skills).questions[0].version == before.version


def test_questions_of_one_domain_may_share_a_stimulus(write, files, skills):
    text = files["questions.yaml"].replace("    enemies: [late-events]\n", "")
    text = text.replace("    scenario: |\n      A ferry", "    stimulus: ferry\n    scenario: |\n      A ferry")
    files["questions.yaml"] = text.replace('domain: modeling\n    task: "2.1"', 'domain: data\n    task: "1.1"')
    assert {loaded.question.stimulus_id for loaded in load(write(files), skills).questions} == {"ferry"}


def test_enemies_count_from_both_sides(write, files, skills):
    first, second = load(write(files), skills).questions
    assert first.enemies == {"skewed-classes"}
    assert second.enemies == {"late-events"}


def test_the_version_of_a_question_is_the_hash_of_its_content(write, files, skills):
    loaded = load(write(files), skills).questions[0]
    assert loaded.version == content_hash(to_document(loaded.question))


def test_a_reworded_option_makes_a_new_version_but_a_new_status_does_not(write, files, skills):
    first, second = load(write(files), skills).questions
    files["questions.yaml"] = files["questions.yaml"].replace("Drop the", "Delete the").replace("draft", "ready")
    changed_first, changed_second = load(write(files), skills).questions
    assert changed_first.version != first.version
    assert changed_second.version == second.version
    assert changed_second.status == "ready"


def test_layout_comments_and_line_ends_make_no_new_version(write, files, skills):
    before = [q.version for q in load(write(files), skills).questions]
    text = "\ufeff# reviewed\n" + files["questions.yaml"].replace("question: Which", "question: >-\n      Which")
    files["questions.yaml"] = text.replace("\n", "\r\n")
    assert [q.version for q in load(write(files), skills).questions] == before


def test_a_pack_without_a_blueprint_feeds_another_packs_certification(write, files, skills):
    del files["blueprint.yaml"]
    files["questions.yaml"] = files["questions.yaml"].replace("domain: data", "domain: anything")
    assert load(write(files), skills).blueprint is None


def test_a_pack_may_bring_only_a_blueprint(write, files, skills):
    del files["questions.yaml"]
    assert load(write(files), skills).questions == ()


def test_questions_may_stand_in_several_files_and_folders_with_either_ending(write, files, skills):
    head, second, rest = files["questions.yaml"].partition("  - id: skewed-classes")
    files["questions.yaml"] = head
    files["part/two.yml"] = "questions:\n" + second + rest
    pack = load(write(files), skills)
    assert [q.file for q in pack.questions] == ["part/two.yml", "questions.yaml"]


def test_yml_does_for_every_file(write, files, skills):
    assert load(write({name.replace(".yaml", ".yml"): text for name, text in files.items()}), skills).id == "tiny"


def test_other_files_are_ignored_and_hidden_ones_are_not_even_named(write, files, skills):
    files |= {"README.md": "hello", "notes.txt": "x", ".github/ci.yml": "on: push", ".hidden.yaml": "{"}
    pack = load(write(files), skills)
    assert pack.ignored_files == ("README.md", "notes.txt")


def test_choose_words_are_not_asked_for_in_another_language(write, files, skills):
    files["pack.yaml"] = files["pack.yaml"].replace("language: en", "language: da")
    files["questions.yaml"] = files["questions.yaml"].replace(" (Choose two.)", " (Vælg to.)")
    assert len(load(write(files), skills).questions) == 2


@pytest.mark.parametrize(
    "words", ["(Choose two.)", "(Choose TWO.)", "(choose 2)", "(Select two.)", "**(Choose two.)**"]
)
def test_choose_words_may_be_written_in_several_ways(write, files, skills, words):
    files["questions.yaml"] = files["questions.yaml"].replace("(Choose two.)", words)
    assert len(load(write(files), skills).questions) == 2


def test_empty_optional_fields_count_as_left_out(write, files, skills):
    files["blueprint.yaml"] += "retired_on:\nsuccessor: ~\n"
    assert load(write(files), skills).blueprint.retired_on is None


def test_a_retired_certification_keeps_its_date(write, files, skills):
    blueprint = files["blueprint.yaml"].replace("status: current", "status: retired\nretired_on: 2026-03-31")
    files["blueprint.yaml"] = blueprint
    assert load(write(files), skills).blueprint.retired_on == date(2026, 3, 31)


# The fingerprint: a second start skips what did not change.


def test_a_blueprint_may_bring_further_facts(write, files, skills):
    assert load(write(files), skills).blueprint.facts == ()
    files["blueprint.yaml"] += (
        "facts:\n  - {label: Fee, value: 90 euros, source: https://example.com/fee}\n"
        "  - {label: Languages, value: English}\n"
    )
    assert load(write(files), skills).blueprint.facts == (
        Fact("Fee", "90 euros", "https://example.com/fee"),
        Fact("Languages", "English"),
    )


def test_the_fingerprint_is_known_without_loading(write, files, skills):
    root = write(files)
    assert load(root, skills).fingerprint == fingerprint(root)


def test_the_fingerprint_changes_with_a_byte_a_name_and_a_file_but_not_with_the_folder(write, files):
    root = write(files)
    seen = {fingerprint(root)}
    shutil.copytree(root, root.parent / "copy")
    assert fingerprint(root.parent / "copy") in seen
    (root / "README.md").write_text("not part of it")
    assert fingerprint(root) in seen
    (root / "questions.yaml").rename(root / "other.yaml")
    assert fingerprint(root) not in seen
    seen.add(fingerprint(root))
    (root / "other.yaml").write_text(files["questions.yaml"] + "\n")
    assert fingerprint(root) not in seen


def test_the_fingerprint_of_a_zip_is_known_without_loading(zip_pack, files, skills):
    path = zip_pack(list(files.items()))
    assert load(path, skills).fingerprint == fingerprint(path)


def test_the_fingerprint_of_nothing_is_an_error(tmp_path):
    with pytest.raises(PackInvalid, match="unreadable"):
        fingerprint(tmp_path / "missing")


# Finding packs and reading skills.


def test_packs_are_found_by_their_pack_file_or_as_zips(write, zip_pack, files, tmp_path):
    write(files, "b")
    write({"pack.yml": ""}, "a")
    write({"notes.txt": ""}, "no-pack")
    write(files, ".hidden")
    (tmp_path / "skills.yaml").write_text("skills: {}")
    zip_pack([("pack.yaml", "")], "c.ZIP")
    assert [path.name for path in find_packs(tmp_path)] == ["a", "b", "c.ZIP"]


def test_looking_for_packs_where_there_is_no_folder_is_an_error(tmp_path):
    with pytest.raises(PackInvalid, match="not a folder"):
        find_packs(tmp_path / "missing")


def test_a_folder_that_cannot_be_looked_into_is_an_error(write, files, tmp_path, monkeypatch):
    root = write(files)
    real = Path.iterdir

    def iterdir(path: Path):
        if path == root:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    with pytest.raises(PackInvalid, match="unreadable"):
        find_packs(tmp_path)


def test_skills_are_read_with_their_titles(write):
    root = write({"skills.yaml": "skills:\n  # Data\n  data-quality: Data quality\n"})
    assert read_skills(root / "skills.yaml") == {"data-quality": "Data quality"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("skills:\n  Data Quality: x\n", "2:3: bad-text"),
        ("skills:\n  data-quality:\n", "2:3: empty"),
        ("skills: {}\n", "1:9: too-few"),
        ("skills: [a]\n", "1:9: wrong-type"),
        ("skill: {a: b}\n", '1:1: unknown-field: there is no field "skill" here; did you mean "skills"?'),
        ("{", "1:2: yaml-syntax"),
    ],
)
def test_a_spoilt_list_of_skills_says_where(write, text, problem):
    path = write({"skills.yaml": text}) / "skills.yaml"
    with pytest.raises(PackInvalid) as caught:
        read_skills(path)
    assert f"skills.yaml:{problem}" in str(caught.value)


def test_a_missing_list_of_skills_is_an_error(tmp_path):
    with pytest.raises(PackInvalid, match="unreadable"):
        read_skills(tmp_path / "skills.yaml")


def test_the_shipped_packs_load():
    skills = frozenset(read_skills(SHIPPED / "skills.yaml"))
    packs = [load_pack(path, skills=skills) for path in find_packs(SHIPPED)]
    assert {"aws-mls-c01", "google-pmle"} <= {pack.id for pack in packs}
    assert all(pack.questions for pack in packs)


def test_the_place_of_the_tests_does_not_matter(write, files, skills, monkeypatch):
    root = write(files)
    monkeypatch.chdir(root.parent)
    assert load(Path(os.path.relpath(root)), skills).id == "tiny"
