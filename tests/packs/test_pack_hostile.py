"""Whatever bytes somebody calls a pack: PackInvalid or a pack, never a traceback, and in reasonable time."""

import random
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.packs.loading import LoadedPack, load_pack
from simulator.packs.problems import PackInvalid

SKILLS = frozenset({"data-ingestion", "data-quality", "evaluation-metrics"})
NAMES = ("blueprint.yaml", "pack.yaml", "questions.yaml")

FRAGMENTS = [
    *(b"\0 \t \n \r\n \xef\xbb\xbf \xff & * ! !! !!int | > >9 % @ ` - ? : , [ ] { }".split(b" ")),
    *(b'# \' " --- ... << ~ 0x1 1e999 .nan 1_000 2026-11-23 yes null \\ "\\ud800" "\\0"'.split(b" ")),
    *(b"\xc2\x85 \xe2\x80\xa8 &a *a !<x> [a] %YAML".split(b" ")),
    b"- [" * 30,
    b"9" * 50,
    b"a: " * 9,
]


def outcome(path: Path) -> LoadedPack | PackInvalid:
    try:
        return load_pack(path, skills=SKILLS)
    except PackInvalid as error:
        invalid = error
    assert invalid.problems
    for problem in invalid.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert str(problem).isprintable()
    return invalid


edits = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.integers(0, 2_000),
        st.integers(0, 30),
        st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=8)),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits=edits, drop=st.sampled_from([None, *NAMES]))
def test_a_spoilt_pack_is_refused_or_loaded_and_nothing_else(valid_files, edits, drop):
    files = dict(valid_files)
    for name, at, length, put in edits:
        data = files[name]
        files[name] = data[: at % len(data)] + put + data[at % len(data) + length :]
    files.pop(drop, None)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        outcome(Path(folder))


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=400))
def test_junk_is_refused(data):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pack.yaml").write_bytes(data)
        assert isinstance(outcome(Path(folder)), PackInvalid)
        (Path(folder) / "pack.zip").write_bytes(data)
        assert isinstance(outcome(Path(folder) / "pack.zip"), PackInvalid)


def test_a_spoilt_zip_is_refused_or_loaded_and_nothing_else(zip_pack, files):
    path = zip_pack(list(files.items()))
    good = path.read_bytes()
    chance = random.Random(7)
    for _ in range(300):
        data = bytearray(good)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])
        outcome(path)


WRONG_VALUES = ["", "1e999", "true", "text", "[[[]]]", "{a: {b: c}}"]


@pytest.mark.parametrize("wrong", WRONG_VALUES)
@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_value_in_any_field_is_refused_or_loaded_and_nothing_else(write, files, name, wrong):
    lines = files[name].splitlines()
    for number, line in enumerate(lines):
        field, colon, _ = line.partition(":")
        if not colon:
            continue
        spoilt = [*lines[:number], f"{field}: {wrong}", *lines[number + 1 :]]
        outcome(write({**files, name: "\n".join(spoilt)}))


@pytest.mark.parametrize(
    "fragment", [b"a ", b"# c\n", b"\n", b"- ", b"[", b"{", b"!", b"&", b"k: 1\n", b'"', b"- {}\n", b"%a\n"]
)
def test_the_time_grows_with_the_size_and_not_faster(write, files, fragment):
    root = write(files)
    (root / "big.yaml").write_bytes(b"a: " + fragment * (100_000 // len(fragment)))
    started = time.perf_counter()
    outcome(root)
    # A square law takes a minute here; what it takes is under a second on a slow machine.
    assert time.perf_counter() - started < 10


def test_a_hundred_and_thirty_long_questions_load(write, files):
    one = files["questions.yaml"].partition("  - id: skewed")[0].partition("questions:\n")[2]
    one = one.replace("receives events late.", "receives events late. " * 60)
    files["questions.yaml"] = "questions:\n" + "".join(one.replace("late-events", f"q-{n}") for n in range(130))
    root = write(files)
    assert len(load_pack(root, skills=SKILLS).questions) == 130
