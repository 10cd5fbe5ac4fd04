"""Người dùng giả cho locust: an officer who opens nine kinds of pages, two seconds after the last was read.

    locust -f bench/by_hand_crowd.py --headless …      # BENCH_CROWD names the file of cookies and addresses

It runs in the bench's own environment and knows nothing of the site but its addresses.
"""

from __future__ import annotations

import itertools
import json
import os
from pathlib import Path

from locust import FastHttpUser, constant, task

TOLD = json.loads(Path(os.environ["BENCH_CROWD"]).read_text(encoding="utf-8"))
SEATS = itertools.count()
TOKEN = "b" * 32


class Officer(FastHttpUser):
    wait_time = constant(TOLD["pause"])

    def on_start(self) -> None:
        seat = next(SEATS) % len(TOLD["sessions"])
        self.cookies = f"{TOLD['cookie']}={TOLD['sessions'][seat]}; {TOLD['csrf']}={TOKEN}"
        pages = [
            (name, itertools.cycle(asked[seat:] + asked[:seat])) for name, asked in TOLD["pages"].items()
        ]
        self.turn = itertools.cycle(pages[seat % len(pages) :] + pages[: seat % len(pages)])

    @task
    def open_page(self) -> None:
        name, addresses = next(self.turn)
        address, _, asked = next(addresses).partition("#")
        headers = {"Cookie": self.cookies}
        if not asked:
            with self.client.get(address, name=name, headers=headers, catch_response=True) as answer:
                if b"</html>" not in (answer.content or b""):
                    answer.failure("no page")
            return
        sent = {"q": asked, "csrfmiddlewaretoken": TOKEN}
        self.client.post(address, data=sent, name=name, headers=headers)
