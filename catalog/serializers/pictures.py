from rest_framework import serializers

from catalog.images import BACKDROP_SIZES, LOGO_SIZES, POSTER_SIZES, PROFILE_SIZES


def image_serializer(name: str, sizes: tuple[str, ...]) -> type[serializers.Serializer]:
    return type(name, (serializers.Serializer,), {size: serializers.URLField() for size in sizes})


PosterSerializer = image_serializer("PosterSerializer", POSTER_SIZES)
BackdropSerializer = image_serializer("BackdropSerializer", BACKDROP_SIZES)
ProfileSerializer = image_serializer("ProfileSerializer", PROFILE_SIZES)
LogoSerializer = image_serializer("LogoSerializer", LOGO_SIZES)
