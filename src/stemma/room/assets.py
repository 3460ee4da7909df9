"""The room's own files: styles, scripts and its picture, under addresses that change when they do, so that browsers keep them."""

from functools import cache
from importlib.resources import files

from stemma import ids

TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
KEPT = {"cache-control": "private, max-age=31536000, immutable"}
"""Two styles stand before the first paint of every page; whoever asks for them under their version need not ask again."""


@cache
def assets() -> dict[str, bytes]:
    """Return the files by their names, and the style of the one-page account, which the room's is laid over."""
    own = {f.name: f.read_bytes() for f in files("stemma.room").joinpath("static").iterdir() if "." in f.name}
    return own | {"page.css": files("stemma.show").joinpath("templates", "style.css").read_bytes()}


@cache
def version() -> str:
    """Return what changes when one of the files does."""
    return ids.digest(*(f"{name} {content.hex()}" for name, content in sorted(assets().items())))[:8]
