"""Settings, and the secret that an installation keeps."""

import stat
from pathlib import Path

import pytest

from simulator.config import BadSettings, Settings, check_access, prepare_data_directory, secret_key


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path / "data")
    prepare_data_directory(settings)
    return settings


def test_the_database_is_a_file_in_the_data_directory_unless_a_url_is_set(tmp_path):
    assert Settings(data_dir=tmp_path).database == f"sqlite:///{tmp_path}/simulator.sqlite3"
    for url in ("postgresql://alice@db/exams", "postgres://alice@db/exams"):
        assert Settings(data_dir=tmp_path, database_url=url).database == "postgresql+psycopg://alice@db/exams"
    assert Settings(data_dir=tmp_path, database_url="sqlite:///x").database == "sqlite:///x"


def test_a_secret_is_made_once_and_nobody_else_may_read_it(settings):
    key = secret_key(settings)
    assert len(key) == 64
    assert secret_key(settings) == key
    assert stat.S_IMODE((settings.data_dir / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in settings.data_dir.iterdir()] == ["secret-key"]


def test_two_installations_have_different_secrets(settings, tmp_path):
    other = Settings(data_dir=tmp_path / "other")
    prepare_data_directory(other)
    assert secret_key(settings) != secret_key(other)


@pytest.mark.parametrize("half_written", ["", "abc"])
def test_a_secret_whose_writing_was_interrupted_is_made_anew(settings, half_written):
    (settings.data_dir / "secret-key").write_text(half_written)
    key = secret_key(settings)
    assert len(key) == 64
    assert secret_key(settings) == key


def test_a_secret_that_is_set_is_used_unless_it_is_weak(tmp_path):
    strong = "correct horse battery staple, twice"
    assert secret_key(Settings(data_dir=tmp_path, secret_key=strong)) == strong
    with pytest.raises(BadSettings, match="at least 32 characters"):
        secret_key(Settings(data_dir=tmp_path, secret_key="secret"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_may_be_served(host):
    check_access(Settings(host=host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "::1", "10.0.0.1", "exams.example.com", "localhost.example.com", ""])
def test_others_may_not_be_served_without_accounts(host):
    with pytest.raises(BadSettings, match="without accounts"):
        check_access(Settings(host=host))
