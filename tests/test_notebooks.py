"""The notebooks of the docs run from top to bottom, each in a kernel of its own, and carry no output in the tree."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "docs" / "notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.filterwarnings("default")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_what_it_says(path):
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    shown = [output for cell in code for output in cell.outputs if output.output_type == "execute_result"]
    assert any("text/html" in output.data for output in shown)


def test_there_are_notebooks_for_a_story_for_many_articles_and_for_a_corpus_of_ones_own():
    assert [path.stem for path in NOTEBOOKS] == ["own_corpus", "story", "thousand"]
