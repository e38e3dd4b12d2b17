"""How the ways to say who one is stand in the OpenAPI document."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.authentication.TokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        told = "The access token of `POST /auth/login`; good for ten minutes."
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": told}


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.authentication.KeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        told = "`Api-Key ` and a key of `POST /users/api-keys`."
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": told}
