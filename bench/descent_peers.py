"""Near-duplicate finders of other projects, each given the same five-word shingles (a part of bench/descent.py).

They are no part of stemma: `pip install datasketch rensa semhash` to measure them.
"""

import importlib
from collections.abc import Mapping
from types import ModuleType

Pairs = dict[frozenset[str], float]
Bags = Mapping[str, set[tuple[str, ...]]]


def load(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise SystemExit(f"{name} is not installed: pip install datasketch rensa semhash to run the peers.") from error


def datasketch_lsh(bags: Bags) -> Pairs:
    """MinHash of 128 permutations; pairs of the index at .3, scored by the containment that their Jaccard stands for."""
    sketch = load("datasketch")
    hashes = {k: sketch.MinHash.bulk([[" ".join(s).encode() for s in b]], num_perm=128)[0] for k, b in bags.items()}
    index = sketch.MinHashLSH(threshold=0.3, num_perm=128)
    for key, one in hashes.items():
        index.insert(key, one)
    return {
        frozenset((k, other)): contained(one.jaccard(hashes[other]), len(bags[k]), len(bags[other]))
        for k, one in hashes.items()
        for other in index.query(one)
        if k < other
    }


def datasketch_ensemble(bags: Bags) -> Pairs:
    """LSHEnsemble at containment .5; its pairs are taken as they come, each scored by the Jaccard estimate."""
    sketch = load("datasketch")
    hashes = {k: sketch.MinHash.bulk([[" ".join(s).encode() for s in b]], num_perm=128)[0] for k, b in bags.items()}
    index = sketch.MinHashLSHEnsemble(threshold=0.5, num_perm=128, num_part=16)
    index.index([(k, hashes[k], len(b)) for k, b in bags.items()])
    found: Pairs = {}
    for k, one in hashes.items():
        for other in index.query(one, len(bags[k])):
            if other != k:
                score = contained(one.jaccard(hashes[other]), len(bags[k]), len(bags[other]))
                found[frozenset((k, other))] = score
    return found


def rensa_minhash(bags: Bags) -> Pairs:
    """RMinHash of 128 permutations in 32 bands, from a Jaccard of .3."""
    rensa = load("rensa")
    lsh = rensa.RMinHashLSH(threshold=0.3, num_perm=128, num_bands=32)
    keys, signatures = list(bags), []
    for n, bag in enumerate(bags.values()):
        signature = rensa.RMinHash(num_perm=128, seed=42)
        signature.update([" ".join(s) for s in bag])
        lsh.insert(n, signature)
        signatures.append(signature)
    found = {}
    for n, signature in enumerate(signatures):
        for m in lsh.query(signature):
            if n < m and (score := signature.jaccard(signatures[m])) >= 0.3:
                found[frozenset((keys[n], keys[m]))] = min(1.0, 2 * score / (1 + score))
    return found


def contained(jaccard: float, one: int, other: int) -> float:
    """Containment in the shorter text, from the Jaccard coefficient and the sizes."""
    return min(1.0, jaccard * (one + other) / (1 + jaccard) / max(1, min(one, other)))
