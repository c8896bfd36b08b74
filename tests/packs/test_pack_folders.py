"""A folder that is not quite a pack: links, pipes, huge files, files nobody may read."""

import os

import pytest

from simulator.packs.loading import load_pack
from simulator.packs.problems import PackInvalid

SKILLS = frozenset({"data-ingestion", "data-quality", "evaluation-metrics"})


def codes_of(path) -> list[tuple[str, str]]:
    with pytest.raises(PackInvalid) as caught:
        load_pack(path, skills=SKILLS)
    return [(problem.file.rpartition("/")[2], problem.code) for problem in caught.value.problems]


def test_links_are_not_followed(write, files, tmp_path):
    root = write(files)
    (tmp_path / "secret.yaml").write_text("questions: []")
    (root / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "folder").symlink_to(tmp_path)
    assert codes_of(root) == [("link.yaml", "not-a-file")]


def test_a_pipe_does_not_keep_the_loader_waiting(write, files):
    root = write(files)
    os.mkfifo(root / "pipe.yaml")
    assert codes_of(root) == [("pipe.yaml", "not-a-file")]


def test_a_folder_named_like_a_file_is_a_folder(write, files):
    root = write(files)
    (root / "more.yaml").mkdir()
    assert load_pack(root, skills=SKILLS).id == "tiny"


def test_a_huge_file_is_refused(write, files):
    assert codes_of(write({**files, "huge.yaml": b"#" * (4 * 1024 * 1024 + 1)})) == [("huge.yaml", "too-large")]


def test_a_huge_pack_is_refused(write, files, monkeypatch):
    monkeypatch.setattr("simulator.packs.folders.MAX_TOTAL_BYTES", 1000)
    assert codes_of(write(files)) == [("tiny", "too-large")]


def test_a_folder_with_too_many_files_is_refused(write, files, monkeypatch):
    monkeypatch.setattr("simulator.packs.folders.MAX_FILES", 2)
    assert codes_of(write(files)) == [("tiny", "too-many-files")]


def test_folders_nested_too_deep_are_refused(write, files):
    assert codes_of(write({**files, "/".join("abcdefghijk") + "/q.yaml": ""}))[0][1] == "too-deep"


def test_a_file_that_may_not_be_read_is_reported(write, files, monkeypatch):
    root = write(files)
    real = type(root).open

    def refuse(path, *args, **kwargs):
        if path.name == "questions.yaml":
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **kwargs)

    monkeypatch.setattr(type(root), "open", refuse)
    assert codes_of(root) == [("questions.yaml", "unreadable")]


def test_a_folder_that_may_not_be_read_is_reported(write, files, monkeypatch):
    root = write({**files, "part/q.yaml": ""})
    real = os.scandir

    def refuse(path):
        if str(path).endswith("part"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr("simulator.packs.folders.os.scandir", refuse)
    assert codes_of(root) == [("part", "unreadable")]


def test_a_folder_of_packs_is_not_a_pack(write, files, tmp_path):
    write(files)
    assert codes_of(tmp_path) == [("pack.yaml", "several-packs")]


def test_what_is_not_there_is_reported(tmp_path):
    assert codes_of(tmp_path / "missing") == [("missing", "unreadable")]
    assert codes_of(tmp_path / "a\0b") == [("a?b", "unreadable")]
    assert codes_of(tmp_path / ("x" * 5000)) == [("x" * 5000, "unreadable")]


def test_a_file_name_that_is_not_text_is_shown_as_far_as_it_can_be(write, files):
    root = write(files)
    (root / os.fsdecode(b"caf\xe9\n.yaml")).write_text("")
    assert codes_of(root) == [("caf??.yaml", "empty")]
