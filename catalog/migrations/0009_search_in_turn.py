"""On PostgreSQL, functions that go through several questions to the search in one call, until one has found enough.

Most of a search was else spent on the way to the server and back, and on plans. The functions' plans are kept for each
connection; none depends on what is asked.
"""

from django.db import migrations

ENTRIES = (('catalog_moviesearch', 'movie_id', 'entry.year'), ('catalog_personsearch', 'person_id', 'NULL'))
# In the words of the partial indexes' conditions (migration 0004).
DOWN_TO = ((0, ' AND tier <= 0'), (1, ' AND tier <= 1'), (2, ' AND tier <= 2'), (3, ''))
# The sum has no index, lest the planner walk one in this order and test every row on the way.
STEP = """
            WHEN {tier} THEN RETURN QUERY
                SELECT asked, entry.{key}, entry.names, entry.popularity, {year}::int FROM {table} entry
                WHERE tokens @@ patterns[asked]{down_to}{of_years}
                ORDER BY entry.popularity + 0 DESC, entry.{key} DESC LIMIT limits[asked];"""
OF_YEARS = ' AND (first_year IS NULL OR entry.year BETWEEN first_year AND last_year)'
FUNCTION = """
CREATE FUNCTION {table}_found(
    patterns tsquery[], tiers int[], limits int[], worths int[], enoughs int[], first_year int, last_year int
) RETURNS TABLE (place int, key int, names text, popularity float8, year int)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    number bigint := 0;
BEGIN
    FOR asked IN 1 .. cardinality(patterns) LOOP
        CONTINUE WHEN number < worths[asked];
        CASE tiers[asked]{steps}
        END CASE;
        GET DIAGNOSTICS number = ROW_COUNT;
        EXIT WHEN number >= enoughs[asked];
    END LOOP;
END $$
"""


def add(apps, schema_editor):
    if schema_editor.connection.vendor != 'postgresql':
        return
    for table, key, year in ENTRIES:
        of_years = OF_YEARS if year != 'NULL' else ''
        steps = ''.join(
            STEP.format(
                tier=tier,
                key=key,
                table=table,
                down_to=down_to,
                of_years=of_years,
                year=year,
            )
            for tier, down_to in DOWN_TO
        )
        schema_editor.execute(FUNCTION.format(table=table, steps=steps))


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        for table, _key, _year in ENTRIES:
            schema_editor.execute(f'DROP FUNCTION {table}_found')


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0008_rounds'),
    ]

    operations = [
        migrations.RunPython(add, remove),
    ]
