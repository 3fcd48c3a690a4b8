#!/usr/bin/env python3
"""From the start to the first word, memory at rest, size on the disk, against what we promise."""

import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from guanxi import Server, percentile, row  # noqa: E402


def stripped(program, folder):
    copy = os.path.join(folder, "stripped")
    if shutil.which("strip") is None:
        return 0
    subprocess.run(["strip", "-o", copy, program], check=True)
    return os.path.getsize(copy)


def main():
    times = 30 if "--deep" in sys.argv else 10
    with Server(os.environ["GUANXI_BIN"]) as server:
        first = server.start()
        server.stop()
        again = []
        for _ in range(times):
            again.append(server.start())
            server.stop()
        middle = percentile(again, 0.5)
        row("start", "empty store, until ready", f"{middle * 1000:.0f} ms", "target 200 ms",
            f"{0.2 / middle:.1f} x")
        row("start", "new store, until ready", f"{first * 1000:.0f} ms", "target 200 ms", f"{0.2 / first:.1f} x")
        size = stripped(server.program, server.folder)
        whole = os.path.getsize(server.program)
        row("start", "binary with the page, stripped", f"{size / 1e6:.1f} MB",
            f"target 15 MB (unstripped {whole / 1e6:.1f})", f"{15e6 / max(size, 1):.1f} x")
    with Server(os.environ["GUANXI_BIN"]) as server:
        server.init()
        server.command("demo")
        began = server.start()
        server.sign_in()
        for path in ("/api/v1/me", "/api/v1/meta", "/api/v1/customers?count=1", "/api/v1/customers/1700"):
            server.call("GET", path)
        time.sleep(2)
        kb = server.resident_kb()
        row("start", "10k customers, 60k orders, until ready", f"{began * 1000:.0f} ms", "target 200 ms",
            f"{0.2 / began:.1f} x")
        row("start", "10k customers, resident memory at rest", f"{kb / 1024:.1f} MB", "target 40 MB",
            f"{40 * 1024 / kb:.1f} x")


if __name__ == "__main__":
    main()
