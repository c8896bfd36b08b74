"""Two installations on one machine keep out of each other's way."""

from simulator.app import create_app
from simulator.config import Settings, secret_key


def cookie_name(data_dir, database_url):
    app = create_app(Settings(data_dir=data_dir, database_url=database_url))
    app.extensions["simulator"].writer.close()
    app.extensions["simulator"].engine.dispose()
    return app.config["SESSION_COOKIE_NAME"]


def test_their_cookies_have_different_names_because_browsers_ignore_ports(tmp_path, sqlite_url):
    names = [cookie_name(tmp_path / name, sqlite_url) for name in ("one", "two", "one")]
    assert names[0] == names[2] != names[1]


def test_a_secret_key_whose_writing_was_interrupted_is_made_again(tmp_path):
    (tmp_path / "secret-key").write_text("")
    settings = Settings(data_dir=tmp_path)
    key = secret_key(settings)
    assert len(key) == 64
    assert secret_key(settings) == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
