"""Credits: who directed, who wrote, and the first of the cast."""

from catalog.models import Credit
from catalog.sync.parsing.rows import CreditRow, PersonRow
from catalog.sync.parsing.values import Json, identity, image, line, number, part, whole

CAST_KEPT = 30
DIRECTING = frozenset({"Director", "Co-Director"})
WRITING = frozenset({"Screenplay", "Writer", "Story", "Novel", "Author", "Co-Writer", "Original Story", "Screenstory"})
LAST = 2**31 - 1


def read_credits(body: Json) -> tuple[list[PersonRow], list[CreditRow]]:
    """The people by id, and their credits in order; directors stand before writers."""
    people: dict[int, PersonRow] = {}
    credits = [
        CreditRow(person, Credit.Kind.CAST.value, position, "", character)
        for position, (person, character) in enumerate(_cast(body, people).items())
    ]
    crew = [
        CreditRow(person, Credit.Kind.CREW.value, position, job, "")
        for position, (person, job) in enumerate(_crew(body, people))
    ]
    return [people[key] for key in sorted(people)], credits + crew


def _cast(body: Json, people: dict[int, PersonRow]) -> dict[int, str]:
    """Each actor's characters; one who is listed twice plays them all."""
    characters: dict[int, str] = {}
    for entry in sorted(part(body, "credits", "cast"), key=_order):
        person = _person(entry)
        if person is None or (person.tmdb_id not in characters and len(characters) == CAST_KEPT):
            continue
        people.setdefault(person.tmdb_id, person)
        known, told = characters.get(person.tmdb_id, ""), line(entry.get("character"))
        is_new = told and told not in known.split(" / ")
        characters[person.tmdb_id] = " / ".join(filter(None, (known, told))) if is_new else known
    return characters


def _crew(body: Json, people: dict[int, PersonRow]) -> list[tuple[int, str]]:
    kept: dict[tuple[int, str], int] = {}
    for entry in part(body, "credits", "crew"):
        job = line(entry.get("job"), 60)
        is_director = job in DIRECTING
        if not is_director and entry.get("department") != "Writing" and job not in WRITING:
            continue
        if person := _person(entry):
            people.setdefault(person.tmdb_id, person)
            kept.setdefault((person.tmdb_id, job), 0 if is_director else 1)
    return sorted(kept, key=kept.__getitem__)


def _order(entry: Json) -> int:
    told = whole(entry.get("order"))
    return LAST if told is None else told


def _person(entry: Json) -> PersonRow | None:
    tmdb_id, name = identity(entry.get("id")), line(entry.get("name"))
    if tmdb_id is None or not name:
        return None
    known_for = line(entry.get("known_for_department"), 50)
    return PersonRow(tmdb_id, name, known_for, image(entry.get("profile_path")), number(entry.get("popularity")))
