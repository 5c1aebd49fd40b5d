"""The Internet Archive as far as we speak with it: Save Page Now 2, and TimeMaps."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qs

from tests.services import Asked, Said

KEYS = "LOW access:secret"
TIMEMAP = """<http://news.example/page>; rel="original",
<{base}/web/timemap/link/http://news.example/page>; rel="self"; type="application/link-format",
<{base}/web/http://news.example/page>; rel="timegate",
<{base}/web/20200102030405/http://news.example/page>; rel="first memento"; datetime="Thu, 02 Jan 2020 03:04:05 GMT",
<{base}/web/20261122120000/http://news.example/page>; rel="memento"; datetime="Sun, 22 Nov 2026 12:00:00 GMT",
<{base}/web/20261127080000/http://news.example/page>; rel="last memento"; datetime="Fri, 27 Nov 2026 08:00:00 GMT"
"""


def memento(day: str) -> str:
    return f'<{{base}}/web/{day}/http://news.example/page>; rel="memento"; datetime="{_rfc(day)}",\n'


def part(name: str, since: str = "", until: str = "", base: str = "{base}") -> str:
    times = f'; from="{_rfc(since)}"; until="{_rfc(until)}"' if since else ""
    return f'<{base}/web/part/{name}>; rel="timemap"; type="application/link-format"{times},\n'


def _rfc(day: str) -> str:
    return format_datetime(datetime.fromisoformat(day).replace(tzinfo=UTC), usegmt=True)


@dataclass
class Archive:
    """`pending` is how often a job is still under way when asked after; `ends` what it then says."""

    base: str = ""
    pending: int = 0
    ends: dict[str, object] = field(default_factory=lambda: {"status": "success", "timestamp": "20261127141500"})
    timemap: str = TIMEMAP
    parts: dict[str, str | int] = field(default_factory=dict)  # a list at /web/part/NAME, or the status instead of it
    saved: list[str] = field(default_factory=list)

    def answer(self, asked: Asked) -> Said:
        if asked.path.startswith("/web/timemap/link/"):
            if "news.example" not in asked.path:
                return Said(404)
            return Said(200, self.timemap.format(base=self.base).encode(), {"Content-Type": "application/link-format"})
        if asked.path.startswith("/web/part/"):
            part = self.parts[asked.path.rpartition("/")[2]]
            return Said(part) if isinstance(part, int) else Said(200, part.format(base=self.base).encode())
        if asked.headers.get("authorization") != KEYS:
            return Said(401, b'{"message": "You need to be logged in to use Save Page Now."}')
        if (asked.method, asked.path) == ("POST", "/save"):
            self.saved.append(parse_qs(asked.body.decode())["url"][0])
            return _json({"url": self.saved[-1], "job_id": "spn2-0123abcd"})
        if asked.path == "/save/status/spn2-0123abcd":
            if self.pending:
                self.pending -= 1
                return _json({"status": "pending", "job_id": "spn2-0123abcd", "resources": []})
            return _json({"job_id": "spn2-0123abcd", "original_url": self.saved[-1]} | self.ends)
        return Said(404)


def _json(value: dict[str, object]) -> Said:
    return Said(200, json.dumps(value).encode(), {"Content-Type": "application/json"})
