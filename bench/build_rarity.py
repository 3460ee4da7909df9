"""Builds the tables of how common words are that ship in src/stemma/stories/data, from an unpacked wordfreq 3.1.1.

    pip download --no-deps wordfreq==3.1.1 && unzip wordfreq-3.1.1-py3-none-any.whl
    PYTHONPATH=src .venv/bin/python bench/build_rarity.py wordfreq/data

A stem's frequency is the sum of those of its forms. Kept: in English what stands once in a million words or oftener, elsewhere
once in 200,000. wordfreq's data are CC BY-SA 4.0, and so are these files.
"""

import gzip
import math
import sys
from collections import defaultdict
from pathlib import Path

import srsly

from stemma.stories.fingerprints import stem_of

LANGUAGES = ("en", "ar", "de", "es", "fr", "it", "nl", "pl", "pt", "ru", "sv", "tr", "uk")
LEAST = {"en": 3.0}
LEAST_ELSEWHERE = 3.7
DATA = Path("src/stemma/stories/data")
HEAD = """# How common words are: the logarithm (base ten) of a stem's frequency in a billion words, and the stems between blanks.
# Made by bench/build_rarity.py of the small {language} list of wordfreq 3.1.1 (Robyn Speer). This file is under CC BY-SA 4.0.
# Its sources are in NOTICE.
"""


def main() -> None:
    for language in LANGUAGES:
        packed = (Path(sys.argv[1]) / f"small_{language}.msgpack.gz").read_bytes()
        lists = srsly.msgpack_loads(gzip.decompress(packed))
        least = LEAST.get(language, LEAST_ELSEWHERE)
        found: defaultdict[str, float] = defaultdict(float)
        # The lists stand in the order of their frequency, a hundredth of a power of ten after the other.
        for hundredths, words in enumerate(lists[1:]):
            for word in words:
                if word and not word[0].isdigit():
                    found[stem_of(word)] += 10 ** (9 - hundredths / 100)
        levels: defaultdict[str, list[str]] = defaultdict(list)
        for stem, frequency in found.items():
            if math.log10(frequency) >= least and " " not in stem:
                levels[f"{math.log10(frequency):.1f}"].append(stem)
        lines = [f"{level}\t{' '.join(sorted(levels[level]))}\n" for level in sorted(levels, key=float, reverse=True)]
        (DATA / f"common.{language}.tsv").write_text(HEAD.format(language=language) + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
