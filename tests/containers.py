"""The Dockerfile and compose.yaml as data, for the tests of them."""

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Stage:
    """What one `FROM` of the Dockerfile begins."""

    image: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def all(self, keyword: str) -> list[str]:
        return [rest for name, rest in self.steps if name == keyword]

    def last(self, keyword: str) -> str:
        return self.all(keyword)[-1]

    def command(self, keyword: str) -> list[str]:
        """The exec form of CMD or HEALTHCHECK, whose options are left out."""
        return json.loads(self.last(keyword).partition("[")[1] + self.last(keyword).partition("[")[2])

    @property
    def environment(self) -> dict[str, str]:
        pairs = [pair for rest in self.all("ENV") for pair in shlex.split(rest)]
        return dict(pair.split("=", 1) for pair in pairs)


def stages() -> list[Stage]:
    """The Dockerfile's stages, in order."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    found: list[Stage] = []
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        keyword, _, rest = line.partition(" ")
        if keyword == "FROM":
            found.append(Stage(rest.split()[0]))
        elif keyword:
            found[-1].steps.append((keyword, rest))
    return found


def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def services() -> dict[str, dict[str, Any]]:
    return compose()["services"]


def own_services() -> dict[str, dict[str, Any]]:
    """Those that run the project's own image."""
    return {name: service for name, service in services().items() if "build" in service}


def asked_for() -> dict[str, str]:
    """The variables that compose.yaml takes from `.env`, each with what follows its name (`:-default`, `:?message`)."""
    return dict(re.findall(r"\$\{([A-Z_]+)([^}]*)\}", (ROOT / "compose.yaml").read_text(encoding="utf-8")))


def known_variables() -> dict[str, str]:
    """The variables of `.env.example`, with the values that it shows."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", text, re.MULTILINE))
