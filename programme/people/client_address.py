"""From where somebody asks: the address of their machine, also behind a proxy that we know.

``X-Forwarded-For`` is what anybody may write, so it counts only where the request comes from a proxy named
in ``TRUSTED_PROXIES``, and only as far as such proxies wrote it.
"""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

HOST_PART = 64  # bits: whoever has one IPv6 address has as many as they like in the same network


def client_address(request: HttpRequest) -> str:
    """The address nearest to us that is no proxy of ours, an IPv6 one as its network; "" where unknown."""
    chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    found = _read(request.META.get("REMOTE_ADDR", ""))
    while found and chain and _is_proxy(found):
        farther = _read(chain.pop())
        if farther is None:
            break
        found = farther
    if found is None:
        return ""
    return str(ipaddress.ip_network((found, HOST_PART), strict=False)) if found.version == 6 else str(found)


def _is_proxy(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


def _read(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
