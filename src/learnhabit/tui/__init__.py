"""The terminal app."""

import sys

# asyncio looks for TLS, and is content without it. Nothing here uses a network, and loading OpenSSL takes a tenth of
# the time until the first paint and four megabytes. Whoever needs it later can still import it.
if "asyncio" not in sys.modules and "ssl" not in sys.modules:
    sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]
