"""What holds for every answer, and who may send what."""

import pytest

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def fill(rule, attempt_id):
    """Return an address for a route of the application."""
    values = {
        "attempt_id": attempt_id,
        "certification_id": "tiny",
        "slot": 1,
        "token": "x",
        "practice_id": "nobody",
        "version": "nothing",
        "sat_on": "2026-11-02",
        "filename": "css/base.css",
    }
    return rule.build(values)[1]


def test_every_route_has_the_security_headers_and_no_route_shows_a_traceback(app, alice):
    attempt_id = alice.begin()
    rules = list(app.url_map.iter_rules())
    assert len(rules) >= 17
    for rule in rules:
        for method in sorted(rule.methods):
            answer = alice.open(fill(rule, attempt_id), method=method, data={"csrf_token": alice.csrf})
            assert answer.status_code < 500, (method, rule)
            assert set(CSP.split("; ")) == set(answer.headers["Content-Security-Policy"].split("; ")), rule
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert answer.headers["Referrer-Policy"] == "same-origin"
            assert len(answer.headers.getlist("Content-Security-Policy")) == 1
            assert "Traceback" not in answer.text
            if rule.endpoint != "static":
                assert answer.headers["Cache-Control"].split(", ")[-1] in ("no-cache", "no-store"), rule


def test_pages_have_no_inline_scripts_or_styles_and_nothing_from_elsewhere(alice):
    attempt_id = alice.begin()
    pages = ["/", "/certifications/tiny", "/history", "/move", "/about", "/nowhere", "/practice", "/reviews"]
    pages += ["/compare", "/readiness", "/readiness/tiny", "/readiness/record", "/me", "/me/delete"]
    pages += [f"/certifications/tiny/{page}" for page in ("quick-check", "result")]
    pages += [f"/attempts/{attempt_id}{path}" for path in ("", "/questions/1", "/review", "/receipt")]
    texts = [alice.get(url).text for url in pages]
    alice.submit(attempt_id)
    texts.append(alice.get(f"/attempts/{attempt_id}/report").text)
    for text in texts:
        assert " style=" not in text
        assert " onclick=" not in text
        assert "<style" not in text
        for script in text.split("<script")[1:]:
            head = script.partition(">")[0]
            assert 'src="/' in head or 'type="application/json"' in head
        assert 'src="http' not in text
        assert 'rel="stylesheet" href="http' not in text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "10.0.0.1", ""])
def test_a_foreign_host_is_refused_with_the_security_headers(stranger, host):
    for url in ("/", "/attempts/x", "/nowhere", "/static/css/base.css"):
        answer = stranger.get(url, headers={"Host": host})
        assert answer.status_code == 400
        assert "Tiny" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:9000"])
def test_every_name_of_this_machine_is_served(stranger, host):
    assert stranger.get("/", headers={"Host": host}).status_code == 200


def test_the_cookie_is_for_this_site_and_not_for_scripts(stranger):
    stranger.get("/certifications/tiny")
    answer = stranger.send(stranger.forms[0])
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires=" in cookie


def test_a_forged_cookie_is_nobody(alice, stranger):
    attempt_id = alice.begin()
    name, cookie = alice.cookie
    payload, _, rest = cookie.partition(".")
    for forged in (payload + "x." + rest, "x" * 4000, "", payload):
        stranger.client.set_cookie(name, forged)
        assert stranger.get(f"/attempts/{attempt_id}").status_code == 404
    stranger.client.set_cookie(name, cookie)
    assert stranger.get(f"/attempts/{attempt_id}").status_code == 200


# Forms whose token has expired.


def test_an_answer_in_a_form_with_an_old_token_is_not_lost(alice):
    attempt_id = alice.begin()
    alice.get(f"/attempts/{attempt_id}/questions/1")
    (form,) = alice.forms
    form.fields["csrf_token"] = ["expired"]
    asked = alice.send(form, ("go", "next"), response="2", flagged="1", confidence="guess")
    assert asked.status_code == 400
    assert "Nothing you entered is lost" in asked.text
    assert alice.hold(attempt_id)["answers"] == {}
    (again,) = alice.forms
    assert again.fields["response"] == ["2"]
    assert alice.send(again).location == f"/attempts/{attempt_id}/questions/2"
    kept = alice.hold(attempt_id)["answers"]["1"]
    assert (kept["response"], kept["flagged"], kept["confidence"]) == ([2], True, "guess")


def test_all_choices_of_a_multiple_response_are_sent_again(alice, desk):
    attempt_id = alice.begin()
    slot = next(s for s in desk.form(attempt_id, actor=alice_id(alice)).slots if len(desk.right(s)) == 2)
    alice.get(f"/attempts/{attempt_id}/questions/{slot.number}")
    (form,) = alice.forms
    chosen = [str(number) for number in desk.right(slot)]
    alice.send(form, ("go", "save"), csrf_token="expired", response=chosen)
    alice.send(alice.forms[0])
    kept = alice.hold(attempt_id)["answers"][str(slot.number)]
    assert kept["response"] == desk.right(slot)


def alice_id(browser):
    with browser.client.session_transaction() as session:
        return session["candidate"]


@pytest.mark.parametrize("token", [None, "", "expired"])
def test_beginning_and_submitting_go_on_after_a_confirmation(alice, token):
    alice.get("/certifications/tiny")
    assert alice.send(alice.forms[0], csrf_token=token, accommodation="x2").status_code == 400
    room = alice.send(alice.forms[0]).location
    assert alice.get(f"{room}/state").json["remaining_ms"] == 120 * 60_000
    assert alice.open(f"{room}/submit", method="POST", data={}).status_code == 400
    assert alice.send(alice.forms[0]).location == f"{room}/report"


def test_what_was_typed_is_shown_as_text(alice):
    attempt_id = alice.begin()
    url = f"/attempts/{attempt_id}/questions/1"
    answer = alice.open(url, method="POST", data={'"><script>': "</form><script>alert(1)</script>"})
    assert answer.status_code == 400
    assert "<script>" not in answer.text


def test_a_form_from_another_site_is_refused_and_not_offered_again(alice):
    attempt_id = alice.begin()
    answer = alice.open(
        f"/attempts/{attempt_id}/submit", method="POST", data={}, headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 400
    assert alice.forms == []
    assert "another site" in answer.text
    assert alice.get(f"/attempts/{attempt_id}/state").json["state"] == "open"


def test_bobs_token_is_no_token_for_alice(alice, bob):
    attempt_id = alice.begin()
    alice.csrf = bob.csrf
    assert alice.submit(attempt_id).status_code == 400
    assert alice.get(f"/attempts/{attempt_id}/state").json["state"] == "open"


def test_a_token_that_was_good_for_alice_is_not_remembered_for_bob(alice, bob):
    attempt_id = alice.begin()
    epoch = alice.hold(attempt_id)["epoch"]
    assert alice.save(attempt_id, 1, [1], epoch=epoch, sequence=1).status_code == 200
    bobs = next(part for part in bob.get("/").text.split('"') if part.startswith("/attempts/"))
    bob.csrf = alice.csrf
    answer = bob.json("POST", f"{bobs}/hold", {})
    assert (answer.status_code, answer.json["error"]) == (400, "csrf")
