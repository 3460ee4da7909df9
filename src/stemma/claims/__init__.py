"""Where reports agree, differ and conflict: what they say, each thing once."""

from stemma.claims.build import Built, build_claims

__all__ = ["Built", "build_claims"]
