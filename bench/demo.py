"""The demo: the main job on the pages of one story that the repository ships (`make demo`)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = Path("tests/stories/harbour_fire/pages")
OUT = Path("demo")


def main() -> int:
    """Run `stemma analyse`, write demo/account.html and demo/account.json, and say where they are."""
    (ROOT / OUT).mkdir(exist_ok=True)
    html, json = OUT / "account.html", OUT / "account.json"
    command = ["analyse", str(PAGES), "--html", str(html), "--json", str(json)]
    print(f"$ stemma {' '.join(command)}\n", flush=True)
    code = subprocess.run([Path(sys.executable).with_name("stemma"), *command], cwd=ROOT, check=False).returncode
    if code == 0:
        print(f"\nThe account as a page: {(ROOT / html).as_uri()}\nThe account as JSON:   {json}")
    return code


if __name__ == "__main__":
    sys.exit(main())
