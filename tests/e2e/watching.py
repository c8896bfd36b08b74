"""What pages complain about. A journey fails on every complaint that it has not announced."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError

# Chromium reports a violation on the console too; this catches those of documents that nobody looks at any more.
REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP violation: ${event.violatedDirective} blocked ${event.blockedURI} (${event.sourceFile})`));
"""

# What Chromium writes when a request gets no answer.
NO_NETWORK = (
    r"net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|FAILED|NETWORK_CHANGED)"
)


def status(code: int) -> str:
    """Return the pattern of what Chromium writes when a request is refused with this status."""
    return rf"the server responded with a status of {code}\b"


class Watch:
    """Collects the complaints of all pages of one test."""

    def __init__(self) -> None:
        self._complaints: list[str] = []
        self._announced: list[re.Pattern[str]] = []

    def follow(self, context: BrowserContext) -> None:
        """Listen to every page of the context, those opened later too."""
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", self._web_error)
        context.on("page", lambda page: page.on("crash", self._crash))

    def announce(self, *patterns: str) -> None:
        """Say what will be complained about from now on, and before."""
        self._announced += [re.compile(pattern) for pattern in patterns]

    def unannounced(self) -> list[str]:
        """Return the complaints that the test did not announce."""
        return [text for text in self._complaints if not any(known.search(text) for known in self._announced)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _web_error(self, error: WebError) -> None:
        self._complaints.append(f"uncaught: {error.error}")

    def _crash(self, page: Page) -> None:
        self._complaints.append(f"crashed: {page.url}")
