"""A store for agents: the tools of `stemma mcp`, each answer with the words that prove it."""
