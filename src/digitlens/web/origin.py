"""Origin: where a request comes from, by what its connection and its headers say."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from flask import Request

from digitlens.settings import Settings

# What a proxy adds: behind one, whoever it lets through seems to be at this machine.
_PROXY = (
    "Forwarded",
    "Via",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-Ip",
)
_NETWORK = 64  # bits of an IPv6 address that belong to one household


def is_local(settings: Settings, request: Request) -> bool:
    """Whether only this machine reaches the server, it asks, and asks for it by its own name.

    A website can let its name lead to 127.0.0.1, but the Host header still says its name.
    """
    if any(name in request.headers for name in _PROXY):
        return False
    client = (request.remote_addr or "").strip("[]")
    return all(map(_is_loopback, (settings.host, client, _hostname(request.host))))


def is_own(request: Request) -> bool:
    """Whether a page of this server sent a request, or no browser; browsers say who did."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc.lower() == request.host.lower()


def is_secure(request: Request) -> bool:
    """Whether the client came by HTTPS, perhaps to a proxy that ends it."""
    return request.is_secure or request.headers.get("X-Forwarded-Proto") == "https"


def client_of(request: Request) -> str:
    """Who asks, for limits that are counted by client: an address, or the network of one.

    From a proxy on a private network, which hosts have, it is what that proxy says; whoever comes
    straight from elsewhere cannot choose what it is.
    """
    peer = (request.remote_addr or "").strip("[]")
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return _network(forwarded if forwarded and _is_private(peer) else peer)


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address[:45]
    if isinstance(found, IPv6Address):
        return found.exploded[: _NETWORK // 16 * 5]
    return str(found)


def _is_private(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
