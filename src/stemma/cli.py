"""The command line: every command in one place, no logic."""


def main() -> None:
    """Run the command line."""
