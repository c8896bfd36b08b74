"""Packs that ship and packs that somebody added."""

import shutil

import pytest

from simulator import paths
from simulator.operations.importing import add_pack
from simulator.packs.loading import read_skills
from simulator.store.queries.bank import list_packs


@pytest.fixture
def add(desk, clock):
    skills = frozenset(read_skills(paths.questions() / "skills.yaml"))
    return lambda path, shipped: desk.write(lambda s: add_pack(s, path, skills=skills, shipped=shipped, now=clock()))


def test_a_start_does_not_put_the_shipped_pack_back_over_the_instructors_own(desk, add, tmp_path):
    shipped = paths.questions() / "google-pmle"
    own = tmp_path / "google-pmle"
    shutil.copytree(shipped, own)
    text = (own / "pack.yaml").read_text()
    (own / "pack.yaml").write_text(text.replace("Learning Engineer", "Learning Engineer, our own", 1))
    added = add(shipped, shipped=True).added
    assert added >= 180
    assert add(own, shipped=False).unchanged == added
    assert add(shipped, shipped=True) is None
    assert next(iter(desk.read(list_packs))).title.endswith("our own")
