"""Whether this installation works: doctor."""

import typer


def doctor() -> None:
    """Say what is installed, which extras are there, and whether a small story comes out right: exit code 1 when not."""
    from stemma.doctor import diagnose

    broken = False
    for line in diagnose():
        broken |= line.well is False
        print(f"{'·' if line.well is None else '✓' if line.well else '✗'} {line.what}: {line.found}", flush=True)
    raise typer.Exit(1 if broken else 0)
