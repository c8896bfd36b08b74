"""Settings: from the environment (`SIMULATOR_...`), overridden by the command line's flags."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from simulator.paths import default_data_directory

MINIMUM_SECRET_LENGTH = 32
LOCAL_ADDRESSES = ("127.0.0.1", "localhost")


class BadSettings(Exception):
    """A setting that the simulator refuses to run with; the message says what to change."""


class Settings(BaseSettings):
    """What an installation may choose; every field is an environment variable with the prefix SIMULATOR_."""

    model_config = SettingsConfigDict(env_prefix="SIMULATOR_", extra="ignore")

    data_dir: Path = Field(default_factory=default_data_directory)
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    threads: int = Field(default=16, ge=1, le=256)
    secret_key: str = ""
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning", "error"] = "warning"

    @property
    def database(self) -> str:
        """The database's URL: the one that was set, else the embedded SQLite file."""
        if not self.database_url:
            return f"sqlite:///{self.data_dir / 'simulator.sqlite3'}"
        if self.database_url.startswith(("postgresql://", "postgres://")):
            return "postgresql+psycopg://" + self.database_url.split("://", 1)[1]
        return self.database_url


def check_access(settings: Settings) -> None:
    """Refuse a bind address that others can reach: without accounts, whoever reaches the server is a candidate."""
    if settings.host not in LOCAL_ADDRESSES:
        raise BadSettings(
            f"cannot listen on {settings.host}: without accounts the simulator serves this machine only. "
            f"Use one of {', '.join(LOCAL_ADDRESSES)}."
        )


def prepare_data_directory(settings: Settings) -> None:
    """Make the data directory, and check that files can be written there."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        probe = settings.data_dir / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise BadSettings(
            f"cannot write to the data directory {settings.data_dir} ({error.strerror}). "
            "Choose another one with --data-dir or SIMULATOR_DATA_DIR."
        ) from error


def secret_key(settings: Settings) -> str:
    """Return the key that signs cookies: the one that was set, else one made once and kept in the data directory."""
    if settings.secret_key:
        if len(settings.secret_key) < MINIMUM_SECRET_LENGTH:
            raise BadSettings(f"SIMULATOR_SECRET_KEY needs at least {MINIMUM_SECRET_LENGTH} characters")
        return settings.secret_key
    return _kept_secret(settings.data_dir / "secret-key")


def _kept_secret(path: Path) -> str:
    """Return the key in the file; make one if there is none, or if writing it was interrupted."""
    with suppress(FileNotFoundError):
        key = path.read_text().strip()
        if len(key) >= MINIMUM_SECRET_LENGTH:
            return key
        path.unlink()
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    # Linking fails if another process was faster; then its key counts, and it is complete.
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_text()
