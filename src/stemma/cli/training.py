"""What can be learnt from a corpus of one's own: train attribution."""

from pathlib import Path
from typing import Annotated

import typer

from stemma.cli.console import progress_bar, say
from stemma.cli.files import check_targets
from stemma.cli.options import Quiet
from stemma.whole_files import write_whole


def train_attribution(
    corpus: Annotated[
        Path, typer.Argument(help="JSON lines, also .gz: `id`, `text`, `attributions` with `source`, `cue`, `content`.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Write the model here, as JSON.")] = Path("attribution.json"),
    quiet: Quiet = False,
) -> None:
    """Learn who said what from a corpus that people marked; `--attribution MODEL` of other commands uses it."""
    from stemma.statements.attribution_classifier import as_json
    from stemma.statements.attribution_training import train_attribution as learn

    check_targets(out, read=[corpus])
    with progress_bar(quiet) as progress:
        model = learn(corpus, progress)
    write_whole(out, as_json(model))
    if not quiet:
        known = f"{model.corpus['attributions']:,} attributions in {model.corpus['documents']:,} documents"
        say(f"learnt from {known}; {out} was written.")
