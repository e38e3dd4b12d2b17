"""The statements that compare the staged export, `export_row AS s`, with the films held, `catalog_movie AS m`.

One text serves PostgreSQL and SQLite; the few places where they differ are kept by the database's name.
"""

# SQLite keeps its own table in memory, in the order of its key.
KEY = {"postgresql": "NOT NULL", "sqlite": "PRIMARY KEY"}
CREATE = """CREATE TEMPORARY TABLE export_row (
    tmdb_id integer {key}, title text NOT NULL, popularity double precision NOT NULL,
    is_adult boolean NOT NULL, is_video boolean NOT NULL)"""
STAGE = "INSERT OR REPLACE INTO export_row VALUES (%s, %s, %s, %s, %s)"
# What PostgreSQL was given unsorted is sorted before it is looked through by ranges of ids: each of them would else be
# read from all over the table. Of a film with two lines the last one counts, as SQLite's REPLACE has it.
SORT = (
    """CREATE TEMPORARY TABLE export_sorted AS
    SELECT DISTINCT ON (tmdb_id) * FROM export_row ORDER BY tmdb_id, ctid DESC""",
    "DROP TABLE export_row",
    "ALTER TABLE export_sorted RENAME TO export_row",
    "CREATE UNIQUE INDEX export_row_by_id ON export_row (tmdb_id)",
    "ANALYZE export_row",
)
COUNT_ANEW = "ANALYZE catalog_movie"
END_OF_RANGE = """SELECT max(tmdb_id), count(*) FROM (
    SELECT tmdb_id FROM export_row WHERE tmdb_id > %s ORDER BY tmdb_id LIMIT %s) AS next_rows"""

# The columns of a new film that the export fills, and with what.
STAGED = {
    "tmdb_id": "s.tmdb_id",
    "title": "s.title",
    "original_title": "s.title",
    "popularity": "s.popularity",
    "is_adult": "s.is_adult",
    "is_video": "s.is_video",
}
# The range is said of both tables: PostgreSQL would else look through all films each time.
IN_RANGE = "s.tmdb_id > %(first)s AND s.tmdb_id <= %(last)s"
HELD = f"{IN_RANGE} AND m.tmdb_id > %(first)s AND m.tmdb_id <= %(last)s AND m.tmdb_id = s.tmdb_id"
# The titles and flags of a film with details are those of its details.
KNOWN_ONLY = "m.synced_at IS NULL"
TITLED = f"{KNOWN_ONLY} AND s.title <> ''"
RENAMED = f"""(({TITLED} AND (m.title <> s.title OR m.original_title <> s.title))
    OR ({KNOWN_ONLY} AND (m.is_adult <> s.is_adult OR m.is_video <> s.is_video)))"""
CHANGED = f"""{HELD} AND m.gone_at IS NULL
    AND (m.popularity <> s.popularity OR m.suspected_at IS NOT NULL OR {RENAMED})"""
CONDITIONS = {
    "in_range": IN_RANGE,
    "held": HELD,
    "known_only": KNOWN_ONLY,
    "titled": TITLED,
    "renamed": RENAMED,
    "changed": CHANGED,
    # What an export may say something of.
    "expected": "m.gone_at IS NULL AND NOT m.is_adult",
}


def filled(statement: str) -> str:
    return statement.format(**CONDITIONS)


# A film without a title can be neither shown nor found: it is not stored until it has one.
NEW = filled(
    """FROM export_row AS s WHERE {in_range} AND s.title <> ''
    AND NOT EXISTS (SELECT 1 FROM catalog_movie AS m WHERE {held})"""
)
INSERT = """INSERT INTO catalog_movie ({columns}) SELECT {selected} {new}
    ORDER BY s.tmdb_id ON CONFLICT (tmdb_id) DO NOTHING"""
COUNT_NEW = f"SELECT count(*) {NEW}"

# Locked in the order of ids: two runs would else wait for each other in a circle.
CHANGED_IDS = filled(
    """SELECT m.tmdb_id, {renamed} FROM catalog_movie AS m, export_row AS s
    WHERE {changed} ORDER BY m.tmdb_id"""
)
LOCKED = {"postgresql": " FOR NO KEY UPDATE OF m", "sqlite": ""}
COUNT_CHANGED = filled("SELECT count(*) FROM catalog_movie AS m, export_row AS s WHERE {changed}")
UPDATE = filled(
    """UPDATE catalog_movie AS m SET popularity = s.popularity, suspected_at = NULL,
    title = CASE WHEN {titled} THEN s.title ELSE m.title END,
    original_title = CASE WHEN {titled} THEN s.title ELSE m.original_title END,
    is_adult = CASE WHEN {known_only} THEN s.is_adult ELSE m.is_adult END,
    is_video = CASE WHEN {known_only} THEN s.is_video ELSE m.is_video END
    FROM export_row AS s WHERE {held} AND """
)
AMONG = {"postgresql": "m.tmdb_id = ANY(%(ids)s)", "sqlite": "m.tmdb_id IN (SELECT value FROM json_each(%(ids)s))"}

TOMBSTONES = """SELECT m.tmdb_id FROM catalog_movie AS m, export_row AS s
    WHERE m.gone_at IS NOT NULL AND m.suspected_at IS NULL AND m.tmdb_id = s.tmdb_id ORDER BY m.tmdb_id"""
COUNT_MISSING = filled(
    """SELECT count(*), count(*) FILTER (WHERE s.tmdb_id IS NULL)
    FROM catalog_movie AS m LEFT JOIN export_row AS s ON s.tmdb_id = m.tmdb_id WHERE {expected}"""
)
MISSING = filled(
    """SELECT m.tmdb_id FROM catalog_movie AS m LEFT JOIN export_row AS s ON s.tmdb_id = m.tmdb_id
    WHERE {expected} AND s.tmdb_id IS NULL AND m.suspected_at IS NULL ORDER BY m.tmdb_id"""
)
