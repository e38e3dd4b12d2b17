"""The reader's language: which one of a bounded set a request asks for, and in which order held texts may serve it.

What is held in English stands in the film's own columns, so `ENGLISH` needs nothing to be looked up.
"""

import re
from functools import lru_cache

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework import serializers

ENGLISH = "en"
LONGEST_TAG = 35
# What of BCP 47 tells one translation from another: language, script, region. Variants and extensions may follow.
TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?:-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)
# ISO 639-1, as TMDB's /configuration/languages has it.
ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it "
    "iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt "
    "my na nd ne ng nl no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn "
    "so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
CODES = frozenset(ISO_639_1.split())
OTHER_NAMES = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "fil": "tl", "mo": "ro", "sh": "sr"}
# Where TMDB's /configuration/primary_translations tells regions of a language apart: all of them, the main one first.
REGIONS = {
    "ar": ("SA", "AE"),
    "de": ("DE", "AT", "CH"),
    "es": ("ES", "MX"),
    "fr": ("FR", "CA"),
    "ms": ("MY", "SG"),
    "nl": ("NL", "BE"),
    "pt": ("BR", "PT"),
    "zh": ("CN", "HK", "SG", "TW"),
}
# Where the main region's way of writing does not stand for the language, it is named.
ALWAYS_NAMED = frozenset({"pt", "zh"})
# Regions whose readers are nearer to another than to the main one (CLDR's parent locales).
LIKE_MEXICO = "419 AR BO BR BZ CL CO CR CU DO EC GT HN NI PA PE PR PY SV US UY VE"
LIKE_PORTUGAL = "AO CH CV FR GQ GW LU MO MZ ST TL"
NEAREST = {
    "es": dict.fromkeys(LIKE_MEXICO.split(), "MX"),
    "pt": dict.fromkeys(LIKE_PORTUGAL.split(), "PT"),
    "zh": {"MO": "HK"},
}
SCRIPTS = {("zh", "HANT"): "TW", ("zh", "HANS"): "CN"}
# What is written alike serves before the main region.
ALIKE = {"zh-TW": "HK", "zh-HK": "TW"}
# The posters that are asked for: of the languages TMDB is most translated to. English ones are the films' own.
POSTER_LANGUAGES = (
    *("ar", "bg", "bn", "ca", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it"),
    *("ja", "ka", "ko", "lt", "lv", "ml", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "ta", "te"),
    *("th", "tl", "tr", "uk", "vi", "zh"),
)


def supported(tag: str) -> str | None:
    """The supported language nearest to a BCP 47 tag, in its one spelling; None where there is none.

    `fr-FR` and `fr-CH` give `fr`, `fr-ca` gives `fr-CA`, `es-AR` gives `es-MX`, `zh-Hant` gives `zh-TW`.
    """
    match = TAG.fullmatch(tag) if len(tag) <= LONGEST_TAG else None
    if match is None:
        return None
    code, script, region = ((part or "") for part in match.groups())
    code = OTHER_NAMES.get(code.lower(), code.lower())
    if code == "yue":
        code, region = "zh", region or "HK"
    if code not in CODES:
        return None
    return _spelt(code, _nearest(code, script.upper(), region.upper()))


def regions_for(language: str) -> tuple[str, ...]:
    """The regions whose texts serve a supported language best, the best first; any other comes after them."""
    code, _, region = language.partition("-")
    main = REGIONS.get(code, ("",))[0]
    return tuple(dict.fromkeys(filter(None, (region, ALIKE.get(language), main))))


def accepted_language(request: HttpRequest) -> str:
    """The supported language that `Accept-Language` likes best; English where it names none."""
    header = request.META.get("HTTP_ACCEPT_LANGUAGE")
    return _best_of(header) if header else ENGLISH


def reader_language(request: HttpRequest) -> str:
    """The supported language of `?language=`, else that of `Accept-Language`.

    What `?language=` names stands also where it is not supported: it is served as English.
    """
    query = request.META.get("QUERY_STRING", "")
    # Most calls name none; to read their parameters for nothing would cost more than all else here.
    if "language" in query or "%" in query:
        asked = request.GET.get("language")
        if asked:
            return supported(asked) or ENGLISH
    return accepted_language(request)


def written(tag: str) -> str:
    """The one spelling of all tags that mean the same language here; what is no tag stays as it is."""
    return (supported(tag) or ENGLISH) if is_tag(tag) else tag


def is_tag(text: str) -> bool:
    return len(text) <= LONGEST_TAG and TAG.fullmatch(text) is not None


class LanguageQuery(serializers.Serializer):
    language = serializers.RegexField(
        r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{1,8})*\Z",
        required=False,
        max_length=LONGEST_TAG,
        trim_whitespace=False,
        help_text="The reader's language, BCP 47: of the title, the texts and the poster. Before Accept-Language.",
        error_messages={"invalid": "Give a language as in fr, pt-BR or zh-Hant."},
    )


def _nearest(code: str, script: str, region: str) -> str:
    known = REGIONS.get(code, ("",))
    if region in known:
        return region
    return NEAREST.get(code, {}).get(region) or SCRIPTS.get((code, script)) or known[0]


def _spelt(code: str, region: str) -> str:
    is_main = region == REGIONS.get(code, ("",))[0]
    return f"{code}-{region}" if region and (code in ALWAYS_NAMED or not is_main) else code


@lru_cache(maxsize=1000)
def _from_header(header: str) -> str:
    for tag, weight in parse_accept_lang_header(header):
        language = weight > 0 and supported(tag)
        if language:
            return language
    return ENGLISH


def _best_of(header: str) -> str:
    # Django's own limit; what is longer must not fill the memory of those before it.
    return _from_header(header) if len(header) <= 500 else _from_header.__wrapped__(header)
