"""Whether the addresses in a pack can lead anywhere. Nothing is fetched: only their form is looked at."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from simulator.packs.documents import Path
from simulator.packs.lint.finding import Finding, LintedPack
from simulator.packs.lint.item import Item
from simulator.packs.problems import quoted

_RESERVED = (
    "example",
    "test",
    "invalid",
    "localhost",
    "local",
    "internal",
    "example.com",
    "example.org",
    "example.net",
)
"""Names that lead nowhere or to one's own machine (RFC 2606, 6761, 6762)."""

_ADDRESS = re.compile(r"[0-9.]+|\[.*\]?")
_HOST = re.compile(r"(?=.{4,253}$)(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+(?!-)[a-z0-9-]{2,63}(?<!-)", re.IGNORECASE)

_TRACKING = frozenset(("gclid", "fbclid", "msclkid", "dclid", "yclid", "mc_cid", "mc_eid", "sc_channel", "trk", "icid"))

MOVED_HOSTS = {
    "docs.microsoft.com": "learn.microsoft.com",
    "msdn.microsoft.com": "learn.microsoft.com",
    "technet.microsoft.com": "learn.microsoft.com",
    "code.google.com": "the project's present home",
    "developers.google.cn": "developers.google.com",
    "beta.openai.com": "platform.openai.com",
    "goo.gl": "the address that it stood for",
    "docs.databricks.com.cn": "docs.databricks.com",
    "bit.ly": "the address that it stands for",
    "tinyurl.com": "the address that it stands for",
    "t.co": "the address that it stands for",
}
"""Hosts of documentation that were closed, and shorteners that hide where an address leads."""


def doubtful_address(linted: LintedPack) -> Iterator[Finding]:
    """An address cannot lead to public documentation, or carries more than the address."""
    for url, path, item, file in _addresses(linted):
        doubt = doubt_about(url)
        if doubt is not None:
            yield Finding(f"{quoted(url)} {doubt}", path, item, file)


def _addresses(linted: LintedPack) -> Iterator[tuple[str, Path, Item | None, str]]:
    for item in linted.items:
        for index, reference in enumerate(item.question.references):
            yield reference.url, ("references", index, "url"), item, ""
    blueprint = linted.pack.blueprint
    if blueprint is not None:
        for index, source in enumerate(blueprint.sources):
            yield source.url, ("sources", index, "url"), None, "blueprint"
        for index, fact in enumerate(blueprint.facts):
            if fact.source:
                yield fact.source, ("facts", index, "source"), None, "blueprint"
    if re.match(r"[a-z]+://|www\.", linted.pack.source or "", re.IGNORECASE):
        yield linted.pack.source or "", ("source",), None, "pack"


def doubt_about(url: str) -> str | None:
    """Return what is wrong with the form of an address, to complete "the address ..."; None if nothing is."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError:
        return "is not a web address; copy it from the browser"
    if parts.scheme.lower() != "https":
        return "does not begin with https://; use the secure address"
    if parts.username is not None or parts.password is not None:
        return "holds a user name; remove it"
    return _doubt_about_host(host) or _doubt_about_rest(parts.query, port)


def _doubt_about_host(host: str) -> str | None:
    labels = host.lower().split(".")
    if any(".".join(labels[-count:]) in _RESERVED for count in (1, 2)):
        return "leads to no public page; name the documentation itself"
    if _ADDRESS.fullmatch(host) or ":" in host:
        return "names a machine by its number; use the page's public name"
    if host.isascii() and not _HOST.fullmatch(host):
        return "names a host that cannot exist; check its spelling"
    for name in (host.lower(), host.lower().removeprefix("www.")):
        if name in MOVED_HOSTS:
            return f"leads to a host that is closed or hides where it leads; use {MOVED_HOSTS[name]}"
    return None


def _doubt_about_rest(query: str, port: int | None) -> str | None:
    if port not in (None, 443):
        return "names a port; public documentation needs none"
    for name, _ in parse_qsl(query, keep_blank_values=True, max_num_fields=None):
        if name.lower() in _TRACKING or name.lower().startswith("utm_"):
            return f"carries a tracking parameter, {quoted(name)}; remove it"
    return None
