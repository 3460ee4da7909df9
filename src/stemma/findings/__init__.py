"""Findings: what a careful reader should know, each only when its words prove it; `kinds.py` lists them."""
