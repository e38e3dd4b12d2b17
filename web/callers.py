"""Who is asking, as far as limits go: the client's network address behind the known number of proxies."""

import ipaddress
import re
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest

WITH_PORT = re.compile(r"\[(?P<six>[^\]]+)\](?::\d+)?|(?P<four>[\d.]+):\d+")


def client_address(request: HttpRequest) -> str:
    """The address that `NUM_PROXIES` trusted proxies vouch for; what a client forges further left is never read."""
    remote = request.META.get("REMOTE_ADDR") or "local"
    proxies = settings.NUM_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR") if proxies > 0 else None
    if not forwarded:
        return _network(remote) or remote
    hops = forwarded.split(",")
    return _network(hops[-min(proxies, len(hops))].strip()[:64]) or _network(remote)


@lru_cache(maxsize=4096)
def _network(address: str) -> str:
    """An IPv4 address as it is; of IPv6 the /64, since one household or server is given at least as much.

    A port is left out: some proxies name it, and it is another for each connection. Nothing for what is no address.
    """
    match = WITH_PORT.fullmatch(address)
    try:
        ip = ipaddress.ip_address((match["six"] or match["four"]) if match else address)
    except ValueError:
        return ""
    if ip.version == 4:
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((int(ip) >> 64 << 64, 64)))
