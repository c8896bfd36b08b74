"""A pack as a zip: an instructor's own, and those that somebody made to do harm."""

import io
import os
import stat
import struct
import zipfile

import pytest

from simulator.packs.loading import load_pack
from simulator.packs.problems import PackInvalid

SKILLS = frozenset({"data-ingestion", "data-quality", "evaluation-metrics"})


def codes_of(path) -> list[str]:
    with pytest.raises(PackInvalid) as caught:
        load_pack(path, skills=SKILLS)
    return [problem.code for problem in caught.value.problems]


def entry(name: str, mode: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def test_a_zip_of_the_files_loads_like_the_folder(write, zip_pack, files):
    folder = load_pack(write(files), skills=SKILLS)
    zipped = load_pack(zip_pack([*files.items(), ("README.md", "hello")]), skills=SKILLS)
    assert zipped.questions == folder.questions
    assert zipped.ignored_files == ("README.md",)


def test_a_zip_of_the_folder_loads_with_what_macos_adds(zip_pack, files):
    entries = [("tiny/", ""), *((f"tiny/{name}", text) for name, text in files.items())]
    entries += [("__MACOSX/tiny/._pack.yaml", "\0"), ("tiny/.DS_Store", "\0"), ("other/notes.yaml", "{")]
    pack = load_pack(zip_pack(entries), skills=SKILLS)
    assert [question.file for question in pack.questions] == ["questions.yaml"] * 2
    assert pack.ignored_files == ("other/notes.yaml",)


def test_problems_name_the_file_inside_the_zip(zip_pack, files):
    files["pack.yaml"] = files["pack.yaml"].replace("id: tiny", "id: Tiny")
    with pytest.raises(PackInvalid, match=r"tiny\.zip/pack\.yaml:1:5: bad-text"):
        load_pack(zip_pack(list(files.items())), skills=SKILLS)


def test_a_zip_without_a_pack_or_with_several_says_so(zip_pack, files):
    assert codes_of(zip_pack([("questions.yaml", "")])) == ["no-pack-file"]
    assert codes_of(zip_pack([("a/b/pack.yaml", "")])) == ["no-pack-file"]
    assert codes_of(zip_pack([("a/pack.yaml", ""), ("b/pack.yaml", "")])) == ["several-packs"]
    assert codes_of(zip_pack([*files.items(), ("b/pack.yaml", "")])) == ["several-packs"]


@pytest.mark.parametrize(
    "name", ["../pack.yaml", "a/../../b.yaml", "/etc/x.yaml", "//x.yaml", "a\\b.yaml", "C:x.yaml", "a\0b.yaml"]
)
def test_names_that_lead_out_of_the_folder_are_refused(zip_pack, files, name):
    # The library cuts names at a zero byte when it writes them: that one is put in afterwards.
    path = zip_pack([*files.items(), (name.replace("\0", "\1"), "")])
    path.write_bytes(path.read_bytes().replace(b"a\1b.yaml", b"a\0b.yaml"))
    assert codes_of(path) == ["unsafe-name"]


def test_links_and_devices_are_refused(zip_pack, files):
    assert codes_of(zip_pack([*files.items(), (entry("x.yaml", stat.S_IFLNK | 0o777), "/etc/passwd")])) == [
        "not-a-file"
    ]
    assert codes_of(zip_pack([*files.items(), (entry("x.yaml", stat.S_IFIFO | 0o777), "")])) == ["not-a-file"]
    assert load_pack(zip_pack([*files.items(), (entry("d/", stat.S_IFDIR | 0o755), "")]), skills=SKILLS).id == "tiny"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twin", ["pack.yaml", "PACK.yaml", "Pack.YAML/"])
def test_names_that_are_one_file_elsewhere_are_refused(zip_pack, files, twin):
    assert codes_of(zip_pack([*files.items(), (twin, "")])) == ["duplicate-file"]


def test_encrypted_files_are_refused(zip_pack, files):
    path = zip_pack(list(files.items()))
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 8
    data[at] |= 1
    path.write_bytes(data)
    assert codes_of(path) == ["encrypted"]


def test_uncommon_compression_is_refused(tmp_path, files):
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("pack.yaml", files["pack.yaml"])
    assert codes_of(path) == ["bad-zip"]


def test_a_bomb_is_refused_however_it_counts_itself(zip_pack, files):
    bomb = zip_pack([*files.items(), ("bomb.yaml", b" " * 3_000_000)])
    assert codes_of(bomb) == ["too-large"]
    huge = zip_pack([*files.items(), ("huge.yaml", bytes(range(32, 127)) * 60_000)])
    assert codes_of(huge) == ["too-large"]


def test_a_zip_that_lies_about_its_sizes_is_refused(zip_pack, files):
    path = zip_pack([*files.items(), ("bomb.yaml", b" " * 5_000_000)])
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 20, 2_000_000_000)
    path.write_bytes(data)
    assert codes_of(path) == ["too-large"]
    struct.pack_into("<L", data, at + 24, 100)
    path.write_bytes(data)
    assert codes_of(path) == ["bad-zip"]


def test_a_pack_that_is_too_large_in_all_is_refused(zip_pack, files, monkeypatch):
    monkeypatch.setattr("simulator.packs.archives.MAX_TOTAL_BYTES", 1000)
    assert codes_of(zip_pack(list(files.items()))) == ["too-large"]


def test_a_zip_that_is_too_large_is_refused(zip_pack, files, monkeypatch):
    monkeypatch.setattr("simulator.packs.archives.MAX_ARCHIVE_BYTES", 1000)
    assert codes_of(zip_pack(list(files.items()))) == ["too-large"]


def test_too_many_entries_are_refused_before_they_are_listed(zip_pack, monkeypatch):
    path = zip_pack([(f"{number}.txt", "") for number in range(2_001)])
    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", lambda self: pytest.fail("must not be read"))
    assert codes_of(path) == ["too-many-files"]


def test_the_large_variant_of_zip_is_refused(zip_pack, files):
    path = zip_pack(list(files.items()))
    data = path.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    path.write_bytes(data[:end] + b"PK\x06\x07" + bytes(16) + data[end:])
    assert codes_of(path) == ["too-many-files"]


@pytest.mark.parametrize("data", [b"", b"PK", b"hello" * 100, b"PK\x05\x06" + bytes(18)])
def test_what_is_no_zip_is_reported(tmp_path, data):
    path = tmp_path / "junk.zip"
    path.write_bytes(data)
    assert codes_of(path) in (["bad-zip"], ["no-pack-file"])


def test_a_damaged_zip_is_reported(zip_pack, files):
    path = zip_pack(list(files.items()))
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(30)
    path.write_bytes(data)
    assert codes_of(path) == ["bad-zip"]


def test_a_device_is_neither_a_folder_nor_a_zip(tmp_path):
    os.mkfifo(tmp_path / "pipe.zip")
    assert codes_of(tmp_path / "pipe.zip") == ["not-a-pack"]


def test_a_zip_in_a_zip_is_ignored(zip_pack, files):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("pack.yaml", "x")
    assert load_pack(zip_pack([*files.items(), ("inner.zip", inner.getvalue())]), skills=SKILLS).id == "tiny"
