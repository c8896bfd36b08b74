"""A browser without scripts, and the application that it talks to, as it runs in production."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from types import CodeType
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from simulator import create_app
from simulator.config import Settings
from simulator.web.services import EXTENSION


@dataclass
class PageForm:
    """One form of a page, with what a browser would send unless somebody changes it."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class FormParser(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._form: PageForm | None = None
        self._options: list[str] = []
        self._fresh = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value if value is not None else "" for name, value in attrs}
        if tag == "form":
            self._form = PageForm(attributes.get("action", ""), attributes.get("method", "get"))
            self.forms.append(self._form)
        if self._form is None:
            return
        name, value = attributes.get("name", ""), attributes.get("value", "")
        if tag == "input" and name:
            off = attributes.get("type") in ("radio", "checkbox") and "checked" not in attributes
            values = self._form.fields.setdefault(name, [])
            if not off:
                values.append(value)
        elif tag == "select":
            self._options = self._form.fields.setdefault(name, [])
            self._fresh = True
        elif tag == "option" and self._fresh:
            # Without a choice, the first option is what is sent.
            self._options.append(value)
            self._fresh = False
        elif tag == "option" and "selected" in attributes:
            self._options[-1] = value
        elif tag == "button" and name:
            self._form.buttons.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None


class Browser:
    """A browser without scripts: keeps cookies, and the CSRF token of the page it saw last."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.csrf = ""
        self.url = ""
        self.forms: list[PageForm] = []

    def open(self, url: str, **options: Any) -> TestResponse:
        response = self.client.open(url, buffered=True, **options)
        if response.mimetype == "text/html":
            parser = FormParser()
            parser.feed(response.text)
            self.url, self.forms = url, parser.forms
            tokens = [form.fields["csrf_token"][0] for form in self.forms if "csrf_token" in form.fields]
            self.csrf = tokens[0] if tokens else self.csrf
        elif response.data and response.is_json and "csrf_token" in response.json:
            self.csrf = response.json["csrf_token"]
        return response

    def get(self, url: str, **options: Any) -> TestResponse:
        return self.open(url, **options)

    def follow(self, response: TestResponse) -> TestResponse:
        assert response.status_code == 303, response.text
        return self.get(response.location)

    def send(self, form: PageForm, button: tuple[str, str] | None = None, **changes: Any) -> TestResponse:
        """Send a form of the last page as a browser would, with some fields filled in otherwise."""
        data = {**form.fields, **{name: value for name, value in changes.items() if value is not None}}
        for name, value in changes.items():
            if value is None:
                data.pop(name, None)
        if button:
            assert button in form.buttons
            data[button[0]] = [button[1]]
        return self.open(form.action or self.url, method="POST", data=data)

    def post(self, url: str, **data: Any) -> TestResponse:
        return self.open(url, method="POST", data={"csrf_token": self.csrf, **data})

    def json(self, method: str, url: str, body: Any = None, **options: Any) -> TestResponse:
        """Call the room's protocol as its scripts do."""
        headers = {"X-CSRFToken": self.csrf, "Content-Type": "application/json", **options.pop("headers", {})}
        data = body if isinstance(body, bytes) else json.dumps(body)
        return self.open(url, method=method, data=data, headers=headers, **options)

    @property
    def cookie(self) -> tuple[str, str]:
        """The name and the value of the cookie that says who this is."""
        ((name, value),) = [
            (cookie.key, cookie.value)
            for cookie in self.client._cookies.values()  # type: ignore[union-attr]
            if cookie.key.startswith("exam_simulator")
        ]
        return name, value

    def begin(self, certification: str = "tiny", **choices: str) -> str:
        """Start an exam through its page, and return the attempt's id."""
        self.get(f"/certifications/{certification}")
        (form,) = self.forms
        response = self.send(form, **choices)
        assert response.status_code == 303, response.text
        attempt_id = response.location.rpartition("/")[2]
        self.get(f"/attempts/{attempt_id}")
        return attempt_id

    def hold(self, attempt_id: str) -> dict[str, Any]:
        response = self.json("POST", f"/attempts/{attempt_id}/hold", {})
        assert response.status_code == 200, response.text
        held: dict[str, Any] = response.json
        return held

    def save(
        self, attempt_id: str, slot: int, response: Any, *, epoch: int, sequence: int, **marks: Any
    ) -> TestResponse:
        body = {"flagged": False, "confidence": None, "struck": [], "spent_ms": 0, "age_ms": 0, **marks}
        body |= {"response": response, "epoch": epoch, "sequence": sequence}
        return self.json("PUT", f"/attempts/{attempt_id}/answers/{slot}", body)

    def submit(self, attempt_id: str) -> TestResponse:
        return self.post(f"/attempts/{attempt_id}/submit")


class CompiledTemplates(BytecodeCache):
    """Compiles each template once for all applications of a run; a changed one is another one."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._known[bucket.key, bucket.checksum] = bucket.code


COMPILED_TEMPLATES = CompiledTemplates()


def make_app(database_url: str, data_dir: Path, clock: Any) -> Flask:
    app = create_app(Settings(data_dir=data_dir, database_url=database_url), clock=clock)
    app.jinja_env.bytecode_cache = COMPILED_TEMPLATES
    return app


def close_app(app: Flask) -> None:
    app.extensions[EXTENSION].writer.close()
    app.extensions[EXTENSION].engine.dispose()
