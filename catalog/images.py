"""Where TMDB's image CDN has a picture. Pictures are linked to, never passed through or stored."""

BASE_URL = "https://image.tmdb.org/t/p/"
POSTER_SIZES = ("w185", "w342", "w500", "original")
BACKDROP_SIZES = ("w185", "w342", "w500", "w780", "w1280", "original")
PROFILE_SIZES = ("w45", "w185", "h632", "original")
LOGO_SIZES = ("w45", "w92", "w154", "original")


def image_urls(path: str, sizes: tuple[str, ...]) -> dict[str, str] | None:
    """The picture's URL by size, or None where there is no picture."""
    return {size: f"{BASE_URL}{size}{path}" for size in sizes} if path else None
