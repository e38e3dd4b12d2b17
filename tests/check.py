"""`make check`: format, lint, migrations, the deployment check, the committed OpenAPI document, the house's limits.

`python -m tests.check schema` writes `docs/openapi.yaml` anew.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "docs" / "openapi.yaml"
PRODUCTION = {
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "only-for-this-check-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "movies.example.org",
    "DATABASE_URL": "postgres://marquee:marquee@127.0.0.1:1/marquee",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "TMDB_TOKEN": "only-for-this-check",
    "METRICS_TOKEN": "only-for-this-check-only-for-this-check",
}


def step(name: str, *command: str, environment: dict[str, str]) -> bool:
    print(f"{name} …", flush=True)
    return subprocess.run([sys.executable, *command], env=environment, cwd=ROOT, check=False).returncode == 0


def write_schema(path: Path, environment: dict[str, str]) -> bool:
    """Makes the document, validated; a warning fails it."""
    make = ("manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", str(path))
    return step("OpenAPI document", *make, environment=environment)


def schema_is_current(environment: dict[str, str]) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "openapi.yaml"
        if not write_schema(made, environment):
            return False
        if SCHEMA.is_file() and made.read_bytes() == SCHEMA.read_bytes():
            return True
    print("docs/openapi.yaml is not what the code says: make schema writes it anew.", file=sys.stderr)
    return False


def main() -> int:
    with tempfile.TemporaryDirectory() as data:
        base = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        embedded = base | PRODUCTION | {"DATA_DIR": data, "DATABASE_URL": "", "REDIS_URL": ""}
        if sys.argv[1:] == ["schema"]:
            return not write_schema(SCHEMA, embedded)
        deploy = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
        results = [
            step("Format", "-m", "ruff", "format", "--check", ".", environment=base),
            step("Lint", "-m", "ruff", "check", ".", environment=base),
            step("Migrations", "manage.py", "makemigrations", "--check", "--dry-run", environment=embedded),
            step("Deployment check", *deploy, environment=base | PRODUCTION | {"DATA_DIR": data}),
            schema_is_current(embedded),
            step("House", "-m", "pytest", "-q", "tests/test_house.py", environment=base),
        ]
    return not all(results)


if __name__ == "__main__":
    sys.exit(main())
