"""Starts the runner; kept apart from it so that no module of the runner has a name that a function may want.

Python starts without its module `site`, whose files of this machine cost more time than everything else, so what functions expect of it is
done here. The arguments are the bytes of data that a process has beside its memory limit, the bytes of the stack of a thread, and the folders of
the interpreter's packages.
"""

import os
import site
import sys

if __name__ == "__main__":
    # The function's folder takes this place when there is a function.
    del sys.path[0]
    site.setquit()
    slack, stack = int(sys.argv[1]), int(sys.argv[2])
    sys.path.extend(folder for folder in sys.argv[3:] if folder not in sys.path)
    sys.argv = [""]
    sys.path.append(os.path.dirname(os.path.abspath(__file__)))
    from functiongraph_runner.runner import Runner

    sys.path.pop()
    Runner(slack, stack).serve()
