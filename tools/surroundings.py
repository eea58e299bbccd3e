"""Fits src/core/actors/corefer/weights.rs: which of the countries around a description is its own.

    cargo run --release --no-default-features --features cli --example surroundings -- train > train.tsv
    cargo run --release --no-default-features --features cli --example surroundings -- develop > develop.tsv
    python3 tools/surroundings.py train.tsv develop.tsv > src/core/actors/corefer/weights.rs

A conditional logit over the choices of each description (a country of the text, or none), with an L2 penalty that is chosen by
cross-validation on the training part. Needs numpy and scipy.
"""
import sys

import numpy as np
from scipy.optimize import minimize


def read(path):
    """Groups of (wanted, codes, features) in file order."""
    groups = {}
    for line in open(path, encoding="utf-8"):
        key, wanted, code, *values = line.rstrip("\n").split("\t")
        group = groups.setdefault(key, (wanted, [], []))
        group[1].append(code)
        group[2].append([float(value) for value in values])
    return [(wanted, codes, np.array(rows)) for wanted, codes, rows in groups.values()]


def pack(groups):
    """Those whose answer is among the choices, as arrays."""
    packed = []
    for wanted, codes, rows in groups:
        if wanted in codes:
            packed.append((codes.index(wanted), rows))
    return packed


def fit(packed, penalty, n):
    def loss(w):
        total, gradient = penalty * (w @ w), 2 * penalty * w
        for gold, rows in packed:
            scores = rows @ w
            scores -= scores.max()
            p = np.exp(scores)
            p /= p.sum()
            total -= np.log(p[gold] + 1e-12)
            gradient = gradient + p @ rows - rows[gold]
        return total, gradient

    return minimize(loss, np.zeros(n), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


def right(groups, w):
    return sum(codes[int(np.argmax(rows @ w))] == wanted for wanted, codes, rows in groups) / max(1, len(groups))


def main():
    train, develop = read(sys.argv[1]), read(sys.argv[2])
    n = train[0][2].shape[1]
    folds = [list(range(k, len(train), 5)) for k in range(5)]
    best = None
    for penalty in [0.25, 0.5, 1.0, 2.0, 4.0]:
        share = 0
        for fold in folds:
            inside = set(fold)
            w = fit(pack([g for i, g in enumerate(train) if i not in inside]), penalty, n)
            share += right([train[i] for i in fold], w) * len(fold)
        share /= len(train)
        print(f"penalty {penalty}: {100 * share:.1f} % in cross-validation", file=sys.stderr)
        if best is None or share > best[0]:
            best = (share, penalty)
    w = fit(pack(train), best[1], n)
    print(f"train {100 * right(train, w):.1f} of {len(train)}, develop {100 * right(develop, w):.1f} of {len(develop)}", file=sys.stderr)
    print("//! What speaks for a country in the surroundings of a description, and how much: fitted by tools/surroundings.py.\n")
    print("use super::surroundings::FEATURES;\n")
    print("/// By feature, in the order of [`super::surroundings`].")
    print("#[rustfmt::skip]")
    print("pub const WEIGHTS: [f32; FEATURES] = [")
    for i in range(0, n, 10):
        print("    " + ", ".join(f"{value:.2f}" for value in w[i : i + 10]) + ",")
    print("];")


main()
