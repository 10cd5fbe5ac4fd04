"""Địa chỉ người gọi: which address and scheme a request really came with, behind a known number of proxies.

Each proxy appends the address it saw to X-Forwarded-For. With n proxies of ours the n-th entry from the right
was written by the outermost of them, so what a caller put further left counts for nothing. Without proxies
every such header is a caller's claim and is thrown away.
"""

from __future__ import annotations

import ipaddress
from typing import Any

# what proxies, or callers who imitate them, say about where a request came from
CLAIMS = (
    "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_SERVER",
    "HTTP_X_FORWARDED_SSL", "HTTP_X_FORWARDED_PROTOCOL", "HTTP_FORWARDED", "HTTP_X_REAL_IP",
    "HTTP_X_CLIENT_IP", "HTTP_CLIENT_IP", "HTTP_TRUE_CLIENT_IP", "HTTP_X_CLUSTER_CLIENT_IP",
    "HTTP_CF_CONNECTING_IP",
)  # fmt: skip
PROTOCOL = "HTTP_X_FORWARDED_PROTO"
DIRECT = "ansinh.direct"  # no header can have such a name


def settle(meta: dict[str, Any], *, proxies: int) -> None:
    """Put the caller's address into REMOTE_ADDR and leave no claim behind for anybody to read.

    Under DIRECT stays whether nothing said that a proxy passed it on.
    """
    meta[DIRECT] = not any(claim in meta for claim in (*CLAIMS, PROTOCOL, "HTTP_VIA"))
    listed = [entry.strip() for entry in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    for claim in CLAIMS:
        meta.pop(claim, None)
    if proxies < 1:
        meta.pop(PROTOCOL, None)
        return
    if len(listed) >= proxies and (address := _address(listed[-proxies])):
        meta["REMOTE_ADDR"] = address
    if PROTOCOL in meta:
        schemes = [scheme.strip().lower() for scheme in str(meta[PROTOCOL]).split(",")]
        meta[PROTOCOL] = schemes[-proxies] if len(schemes) >= proxies else schemes[-1]


def is_this_machine(address: str) -> bool:
    """Whether an address is of the loopback; a caller through a local socket has none."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == ""


def _address(entry: str) -> str:
    """An address as proxies write it, perhaps with a port ("203.0.113.7:4711", "[2001:db8::7]:4711")."""
    if entry.startswith("["):
        entry = entry[1:].partition("]")[0]
    elif entry.count(":") == 1:
        entry = entry.partition(":")[0]
    try:
        return str(ipaddress.ip_address(entry))
    except ValueError:
        return ""
