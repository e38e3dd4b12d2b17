"""What nearly every operation of the document answers is told once: written out for each it was two thirds of it."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

METHODS = frozenset({"get", "post", "put", "patch", "delete"})


def share(result: dict[str, Any], **options: Any) -> dict[str, Any]:
    """The document, in which a fault that several operations give, and each header, stand among the components."""
    components = result.setdefault("components", {})
    for response in list(responses(result)):
        for name, header in response[1].get("headers", {}).items():
            components.setdefault("headers", {}).setdefault(name, header)
            if components["headers"][name] == header:
                response[1]["headers"][name] = {"$ref": f"#/components/headers/{name}"}
    common = {text for text, number in Counter(_text(one) for _, one, _ in responses(result)).items() if number > 1}
    for status, response, held_by in list(responses(result)):
        if status >= "300" and _text(response) in common:
            name = f"Answer{status}"
            shared = components.setdefault("responses", {}).setdefault(name, dict(response))
            if shared == response:
                held_by[status] = {"$ref": f"#/components/responses/{name}"}
    return result


def responses(result: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Each response's status, what it is, and the responses among which it stands."""
    for path in result.get("paths", {}).values():
        for method in METHODS & path.keys():
            held_by = path[method].get("responses", {})
            yield from ((status, response, held_by) for status, response in held_by.items() if "$ref" not in response)


def _text(response: dict[str, Any]) -> str:
    return json.dumps(response, sort_keys=True, default=str)  # lazy texts are no strings yet
