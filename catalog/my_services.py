"""`on_my_services=true`: the streaming services that a member has chosen, in place of those a caller would name."""

from typing import Any

from django.http import HttpRequest, QueryDict

from catalog.filter_fields import GRANTED

WISH = "on_my_services"


def name_my_services(request: HttpRequest) -> bool | None:
    """Puts `provider` and `region` in place of the wish: what is found is the same for all who chose the same.

    Of services that are named beside it, those remain that are the member's too. False where nobody wished for it,
    None where there are no services to name: nobody is known to ask, or nothing remains. One query.
    """
    if request.GET.get(WISH) != GRANTED:
        return False
    query = with_services_named(request.GET, getattr(request, "user", None))
    if query is None:
        return None
    request.META["QUERY_STRING"] = query.urlencode()
    del vars(request)["GET"]  # read anew from what it is now
    return True


def with_services_named(asked: QueryDict, user: Any) -> QueryDict | None:
    """The query with the member's services in place of the wish; None where no service remains. One query."""
    mine = services_of(user)
    named = asked.get("provider")
    if named:
        mine = [one for one in mine if one in {text.strip() for text in named.split(",")}]
    if not mine:
        return None
    query = asked.copy()
    del query[WISH]
    query["provider"] = ",".join(mine)
    query["region"] = asked.get("region") or user.region
    return query


def services_of(user: Any) -> list[str]:
    """The ids of the member's services, as text, in rising order; none of nobody."""
    if user is None or not user.is_authenticated:
        return []
    return [str(one) for one in sorted(user.streaming_providers.values_list("pk", flat=True))]
