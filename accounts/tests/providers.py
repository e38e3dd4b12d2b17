"""Stand-ins of providers on loopback: one that signs whatever a test has it sign, and Facebook's Graph."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT = "marquee-client"
KID = "first"

Answer = Callable[[dict[str, str]], tuple[int, Any]]


class Handler(BaseHTTPRequestHandler):
    """Answers JSON at the server's `routes`, each told the parameters of the call."""

    def do_GET(self) -> None:
        self.answer(dict(parse_qsl(urlsplit(self.path).query)))

    def do_POST(self) -> None:
        self.answer(dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode())))

    def answer(self, parameters: dict[str, str]) -> None:
        parameters["bearer"] = self.headers.get("Authorization", "").removeprefix("Bearer ")
        route = self.server.routes.get(urlsplit(self.path).path)
        status, body = route(parameters) if route else (404, {"error": "no such path"})
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Nothing: what is called is the tests' own."""


@contextmanager
def serving(routes: dict[str, Answer]) -> Iterator[str]:
    """Serves these paths; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.routes = routes
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class Google:
    """Google's endpoints, as its discovery document tells them; `codes` are good for a token of these claims, once."""

    def __init__(self) -> None:
        self.url = ""
        self.codes: dict[str, dict[str, Any]] = {}
        self.asked: list[dict[str, str]] = []
        self.routes: dict[str, Answer] = {
            "/.well-known/openid-configuration": lambda _: (200, self.discovery()),
            "/oauth2/v3/certs": lambda _: (200, {"keys": [self.jwk()]}),
            "/token": self.token,
            "/v1/userinfo": lambda call: (200, jwt.decode(call["bearer"], options={"verify_signature": False})),
        }

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/o/oauth2/v2/auth",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/v1/userinfo",
            "jwks_uri": f"{self.url}/oauth2/v3/certs",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        }

    def jwk(self) -> dict[str, Any]:
        return jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True) | {"kid": KID, "alg": "RS256"}

    def token(self, call: dict[str, str]) -> tuple[int, Any]:
        self.asked.append(call)
        claims = self.codes.pop(call.get("code", ""), None)
        if claims is None:
            return 400, {"error": "invalid_grant"}
        token = self.signed(**claims)
        return 200, {"access_token": token, "id_token": token, "expires_in": 3599, "token_type": "Bearer"}

    def signed(self, *, key: Any = KEY, algorithm: str = "RS256", kid: Any = KID, **claims: Any) -> str:
        """An ID token; a claim that is None is left out."""
        now = int(time.time())
        standing = {"iss": self.url, "aud": CLIENT, "sub": "1122", "iat": now, "exp": now + 3600}
        told = {"email": "eve@example.org", "email_verified": True, "name": "Eve Ning"}
        held = {name: value for name, value in (standing | told | claims).items() if value is not None}
        return jwt.encode(held, key, algorithm, headers={"kid": kid} if kid is not None else {})


class Facebook:
    """The Graph API: `tokens` are good ones, each with its app and what `/me` tells."""

    def __init__(self) -> None:
        self.tokens: dict[str, tuple[str, dict[str, Any]]] = {}
        self.routes: dict[str, Answer] = {
            "/oauth/access_token": lambda call: (200, {"access_token": f"{call['client_id']}|app"}),
            "/debug_token": self.debugged,
            "/me": self.me,
        }

    def debugged(self, call: dict[str, str]) -> tuple[int, Any]:
        app, _ = self.tokens.get(call["input_token"], ("", {}))
        return 200, {"data": {"is_valid": bool(app), "app_id": app}}

    def me(self, call: dict[str, str]) -> tuple[int, Any]:
        app, told = self.tokens.get(call["access_token"], ("", {}))
        return (200, told) if app else (400, {"error": {"code": 190}})
