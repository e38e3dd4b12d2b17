"""Which language a request asks for: out of a bounded set, whatever is sent."""

import pytest
from django.test import RequestFactory

from catalog.languages import (
    CODES,
    NEAREST,
    POSTER_LANGUAGES,
    REGIONS,
    accepted_language,
    reader_language,
    regions_for,
    supported,
    written,
)


def asking(header=None, query=""):
    headers = {} if header is None else {"accept-language": header}
    return RequestFactory().get(f"/api/v1/movies/1?{query}", headers=headers)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("fr", "fr"),
        ("FR", "fr"),
        ("fr-FR", "fr"),
        ("fr-fr", "fr"),
        ("fr-CH", "fr"),
        ("fr-ca", "fr-CA"),
        ("ja-JP", "ja"),
        ("en", "en"),
        ("en-GB", "en"),
        ("en-US-x-twain", "en"),
        ("pt", "pt-BR"),
        ("pt-BR", "pt-BR"),
        ("pt-PT", "pt-PT"),
        ("pt-AO", "pt-PT"),
        ("es", "es"),
        ("es-ES", "es"),
        ("es-419", "es-MX"),
        ("es-AR", "es-MX"),
        ("zh", "zh-CN"),
        ("zh-Hans", "zh-CN"),
        ("zh-Hant", "zh-TW"),
        ("zh-hant-hk", "zh-HK"),
        ("zh-MO", "zh-HK"),
        ("yue", "zh-HK"),
        ("nb-NO", "no"),
        ("iw", "he"),
        ("de-1996", "de"),
        ("sr-Latn-RS", "sr"),
        ("xx", None),
        ("tlh", None),
        ("f", None),
        ("fr_FR", None),
        ("*", None),
        ("", None),
        ("fr-" + "a" * 40, None),
        ("ｆｒ", None),
        ("fr\n", None),
    ],
)
def test_a_tag_is_read_as_the_nearest_supported_language(tag, language):
    assert supported(tag) == language


def test_what_is_supported_is_read_as_itself():
    for code in CODES - set(REGIONS):
        assert supported(code) == code
    for code, regions in REGIONS.items():
        for region in regions:
            assert supported(supported(f"{code}-{region}")) == supported(f"{code}-{region}")
    assert set(POSTER_LANGUAGES) <= CODES - {"en"}
    assert {region for nearest in NEAREST.values() for region in nearest.values()} <= {"MX", "PT", "HK"}


def test_all_tags_there_are_come_to_few_languages():
    letters = "abcdefghijklmnopqrstuvwxyz"
    pairs = [first + second for first in letters for second in letters]
    languages = {supported(f"{code}-{region}") for code in pairs for region in pairs}
    assert len(languages) < 210


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr"),
        ("en;q=0.1, ja", "ja"),
        ("de;q=0.5,it;q=0.7", "it"),
        ("tlh, de;q=0.3", "de"),
        ("fr;q=0, de;q=0.1", "de"),
        ("fr;q=0", "en"),
        ("*", "en"),
        ("fr; q=yes", "en"),
        ("nonsense!", "en"),
        (";;;,,,", "en"),
        ("fr" + ",fr" * 5_000, "fr"),
        ("x" * 20_000, "en"),
        ("é", "en"),
    ],
)
def test_the_header_is_read_by_its_weights(header, language):
    assert accepted_language(asking(header)) == language
    assert reader_language(asking(header)) == language


def test_the_parameter_stands_before_the_header():
    assert reader_language(asking("de", "language=pt-BR")) == "pt-BR"
    assert reader_language(asking("de", "l%61nguage=fr")) == "fr"
    assert reader_language(asking("de", "language=tlh")) == "en"
    assert reader_language(asking("de", "language=")) == "de"
    assert reader_language(asking("de", "page=2&slanguage=fr")) == "de"
    assert accepted_language(asking("de", "language=fr")) == "de"


def test_one_language_is_written_in_one_way():
    assert {written(tag) for tag in ("fr", "FR", "fr-FR", "fr-be")} == {"fr"}
    assert written("xx") == written("en-GB") == "en"
    assert written("not a tag") == "not a tag"
    assert written("") == ""


@pytest.mark.parametrize(
    ("language", "regions"),
    [
        ("fr", ("FR",)),
        ("fr-CA", ("CA", "FR")),
        ("pt-PT", ("PT", "BR")),
        ("zh-TW", ("TW", "HK", "CN")),
        ("zh-HK", ("HK", "TW", "CN")),
        ("zh-SG", ("SG", "CN")),
        ("ja", ()),
    ],
)
def test_regions_stand_in_an_order_for_each_language(language, regions):
    assert regions_for(language) == regions
