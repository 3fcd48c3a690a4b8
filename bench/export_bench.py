#!/usr/bin/env python3
"""A list of 100k customers to CSV and XLSX: seconds and the most memory taken, against the sqlite3
shell writing the same columns to CSV."""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from guanxi import Server, row  # noqa: E402

SQL = ("SELECT t.id, t.name, t.kind, t.stage, t.city, t.source, t.phone_tail, t.owner_id, s.order_count,"
       " s.net_amount, s.last_order_at FROM customer t JOIN customer_stat s ON s.id = t.id"
       " WHERE t.deleted_at IS NULL ORDER BY t.id DESC")


def measured(command, **more):
    """Seconds and peak resident MB of one process, waited for by itself."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: {output.decode(errors='replace')}")
    return time.monotonic() - began, usage.ru_maxrss / 1024


def main():
    customers = 1000000 if "--deep" in sys.argv else 100000
    with Server(os.environ["GUANXI_BIN"]) as server:
        server.init()
        fill = os.path.join(os.path.dirname(server.program), "bench", "bench_fill")
        subprocess.run([fill, server.data, str(customers)], check=True, stdout=subprocess.DEVNULL)
        plain = os.path.join(server.folder, "plain.csv")
        rival, rival_mb = measured(["sqlite3", "-csv", "-header", os.path.join(server.data, "guanxi.db"),
                                    f".once {plain}", SQL])
        for kind in ("csv", "xlsx"):
            out = os.path.join(server.folder, f"out.{kind}")
            seconds, mb = measured([server.program, "export", "customers", "--format", kind, "--out", out,
                                    "--data", server.data])
            size = os.path.getsize(out) / 1e6
            row("export", f"{customers // 1000}k customers to {kind} ({size:.0f} MB)",
                f"{seconds:.2f} s, {mb:.0f} MB", f"sqlite3 csv {rival:.2f} s, {rival_mb:.0f} MB",
                f"{rival / seconds:.2f} x")


if __name__ == "__main__":
    main()
