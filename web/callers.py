"""Who is asking, as far as limits go: the client's network address behind the known number of proxies."""

import ipaddress
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that `NUM_PROXIES` trusted proxies vouch for; what a client forges further left is never read."""
    remote = request.META.get("REMOTE_ADDR") or "local"
    proxies = settings.NUM_PROXIES
    if proxies <= 0:
        return _network(remote)
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR")
    if not forwarded:
        return _network(remote)
    hops = forwarded.split(",")
    return _network(hops[-min(proxies, len(hops))].strip()[:64] or remote)


@lru_cache(maxsize=4096)
def _network(address: str) -> str:
    """An IPv4 address as it is; of IPv6 the /64, since one household or server is given at least as much."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if ip.version == 4:
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((int(ip) >> 64 << 64, 64)))
