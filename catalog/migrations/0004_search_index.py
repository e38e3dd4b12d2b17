"""What search looks into: on PostgreSQL GIN indexes, one for each depth of the ranks; on SQLite an FTS5 table.

Triggers keep the FTS5 table in step. A later migration that makes SQLite write one of these tables anew (any change of
a column does) drops its triggers, and must make them again.
"""

from django.db import migrations

ENTRIES = (('catalog_moviesearch', 'movie_id'), ('catalog_personsearch', 'person_id'))
DEPTHS = (('top', ' WHERE tier <= 0'), ('known', ' WHERE tier <= 1'), ('many', ' WHERE tier <= 2'), ('all', ''))
POSTGRESQL = 'CREATE INDEX {table}_{depth} ON {table} USING gin (tokens){condition}'
SQLITE = (
    """CREATE VIRTUAL TABLE {table}_fts USING fts5(
        tokens, tier, content='{table}', content_rowid='{key}',
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* Co' tokenchars '=^'")""",
    """CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN
        INSERT INTO {table}_fts (rowid, tokens, tier) VALUES (new.{key}, new.tokens, new.tier); END""",
    """CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN
        INSERT INTO {table}_fts ({table}_fts, rowid, tokens, tier) VALUES ('delete', old.{key}, old.tokens, old.tier);
        END""",
    """CREATE TRIGGER {table}_changed AFTER UPDATE OF tokens, tier ON {table} BEGIN
        INSERT INTO {table}_fts ({table}_fts, rowid, tokens, tier) VALUES ('delete', old.{key}, old.tokens, old.tier);
        INSERT INTO {table}_fts (rowid, tokens, tier) VALUES (new.{key}, new.tokens, new.tier); END""",
)


def add(apps, schema_editor):
    for table, key in ENTRIES:
        if schema_editor.connection.vendor == 'postgresql':
            for depth, condition in DEPTHS:
                schema_editor.execute(POSTGRESQL.format(table=table, depth=depth, condition=condition))
        else:
            for statement in SQLITE:
                schema_editor.execute(statement.format(table=table, key=key))


def remove(apps, schema_editor):
    for table, _ in ENTRIES:
        if schema_editor.connection.vendor == 'postgresql':
            for depth, _condition in DEPTHS:
                schema_editor.execute(f'DROP INDEX {table}_{depth}')
        else:
            for trigger in ('added', 'removed', 'changed'):
                schema_editor.execute(f'DROP TRIGGER {table}_{trigger}')
            schema_editor.execute(f'DROP TABLE {table}_fts')


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0003_search'),
    ]

    operations = [
        migrations.RunPython(add, remove),
    ]
