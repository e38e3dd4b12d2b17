"""Read before the settings: the suite's own environment, on the embedded default or on PostgreSQL and Redis.

`MARQUEE_TEST_ON=services` picks PostgreSQL and Redis, at `TEST_DATABASE_URL` and `TEST_REDIS_URL`. What an operator
has set for a real installation never reaches a test: every variable of `.env.example` is taken out first.
"""

import atexit
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUITE = os.environ.get("SUITE", "")
DATABASE = os.environ.get("TEST_DATABASE_URL", f"postgres://postgres@127.0.0.1:5432/marquee{SUITE and '_' + SUITE}")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
ON_SERVICES = os.environ.get("MARQUEE_TEST_ON") == "services"

for name in re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE):
    os.environ.pop(name, None)

# Some shells ask that no bytecode be kept: each of the hundreds of processes of a run would compile all of the project
# again, and be a quarter longer in starting. (Those that get an environment of their own keep it anyway.)
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# What all processes of a run have in common is in a folder of the first, which the others inherit.
IS_FIRST = "MARQUEE_TEST_SHARED" not in os.environ
if IS_FIRST:
    os.environ["MARQUEE_TEST_SHARED"] = tempfile.mkdtemp(prefix="marquee-tests-")
    atexit.register(shutil.rmtree, os.environ["MARQUEE_TEST_SHARED"], ignore_errors=True)
SHARED = Path(os.environ["MARQUEE_TEST_SHARED"])

data_dir = tempfile.mkdtemp(prefix="marquee-test-")
Path(data_dir, "static").mkdir()
atexit.register(shutil.rmtree, data_dir, ignore_errors=True)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "only-for-the-tests-" + "x" * 40,
    "PASSWORD_ROUNDS": "4",  # a quarter of a second for each member made would be most of the suite
    "DATA_DIR": data_dir,
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "HTTPS": "0",
    "CACHE_KEY_PREFIX": f"marquee-test-{SUITE}-{os.getpid()}",
    "THROTTLE_ANON": "1000000/min",
    "EMAIL_URL": "memorymail://",
}
if ON_SERVICES:
    os.environ |= {"DATABASE_URL": DATABASE, "REDIS_URL": REDIS}
