"""Identifiers: hashes of content and place, so that the same pages get the same ids in any order and run."""

import hashlib
import json


def digest(*parts: object) -> str:
    """Return 16 hex digits that stand for the parts; equal parts give equal ids on every machine."""
    plain = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def sha256(content: bytes) -> str:
    """Return the SHA-256 of a page's bytes in hex."""
    return hashlib.sha256(content).hexdigest()
