"""`python -m tests.fuzz [--rounds N]`: round after round with another seed, until it is stopped or something is found."""

import argparse
import itertools
import os
import random
import subprocess
import sys

from tests.served import ROOT


def main() -> int:
    parser = argparse.ArgumentParser(prog="fuzz")
    parser.add_argument("--rounds", type=int, default=0, help="so many, then stop")
    parser.add_argument("--seed", type=int, help="this round alone, again")
    asked = parser.parse_args()
    environment = {"FUZZ_EXAMPLES": "1500", **os.environ}
    rounds = 1 if asked.seed is not None else asked.rounds
    for number in range(1, rounds + 1) if rounds else itertools.count(1):
        seed = random.randrange(2**32) if asked.seed is None else asked.seed
        print(f"round {number}, seed {seed}", flush=True)
        command = [sys.executable, "-m", "pytest", "-q", "tests/fuzz", f"--hypothesis-seed={seed}"]
        try:
            found = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        except KeyboardInterrupt:
            return 0
        if found:
            print(f"found something: `python -m tests.fuzz --seed {seed}` does the same again")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
