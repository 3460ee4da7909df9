"""Where reports agree, differ and conflict, and what a careful reader should know."""

from stemma.claims.rows import ClaimRows, claim_rows

__all__ = ["ClaimRows", "claim_rows"]
