"""Một tiến trình mở trang: opens the pages it is told, line by line, and tells the seconds of its own time.

Run by `bench.against` with the code of one commit or another before it on the path.
"""

from __future__ import annotations

import argparse
import sys
import time

from bench import pages, province


def main() -> None:
    """`<times> <address>` in; milliseconds of processor a page, statements not counted, out."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=float, required=True)
    province.connect(province.Size.of(parser.parse_args().share))
    from ansinh.config import wsgi  # noqa: F401 -- loaded as the site loads itself

    client = pages.client(province.actor("director").user)
    for line in sys.stdin:
        times, address = line.split()
        began = time.process_time()
        for _ in range(int(times)):
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
        print((time.process_time() - began) * 1000 / int(times), flush=True)


if __name__ == "__main__":
    main()
