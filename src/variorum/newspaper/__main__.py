"""``python -m variorum.newspaper``: the demo newspaper by itself, its clock running."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading

from variorum.newspaper.newspaper import DEMO_PORT, Newspaper
from variorum.newspaper.truth import to_dict


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m variorum.newspaper", description=__doc__)
    parser.add_argument("--port", type=int, default=DEMO_PORT)
    parser.add_argument("--hours-per-second", type=float, default=1.0, metavar="HOURS")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--truth", action="store_true", help="print the truth as JSON and leave")
    given = parser.parse_args()
    paper = Newspaper(seed=given.seed)
    if given.truth:
        print(json.dumps([to_dict(a) for a in paper.truth().values()], ensure_ascii=False))
        return 0
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    try:
        with paper.serve(port=given.port):
            paper.clock.run(given.hours_per_second)
            print("\n".join(paper.sources()), flush=True)
            print("The newspaper is out; Ctrl-C stops the press.", file=sys.stderr)
            stop.wait()
    except OSError as error:
        print(f"cannot serve on port {given.port}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
