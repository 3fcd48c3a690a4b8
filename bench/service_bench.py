#!/usr/bin/env python3
"""JSON reads by wrk against `guanxi serve`: as many as go, and how long one takes at 1,000 a second."""

import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from guanxi import Server, row  # noqa: E402

# 16 connections, a request every 16 ms on each.
STEADY = "function delay() return 15 end\n"


def wrk(server, path, seconds, connections, steady=False):
    command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency",
               "-H", f"Cookie: {server.cookie}"]
    if steady:
        script = os.path.join(server.folder, "steady.lua")
        with open(script, "w", encoding="utf-8") as file:
            file.write(STEADY)
        command += ["-s", script]
    out = subprocess.run([*command, f"http://127.0.0.1:{server.port}{path}"], check=True,
                         stdout=subprocess.PIPE, text=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    if bad:
        print(f"{path}: {bad[1]} answers were errors")
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def main():
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed")
    seconds = 20 if "--deep" in sys.argv else 5
    with Server(os.environ["GUANXI_BIN"]) as server:
        server.init()
        server.command("demo", "--customers", "2000")
        server.start()
        server.unlimited()
        server.sign_in()
        columns = "fields=id,name,city,order_count,net_amount,last_order_at"
        for what, path in (("one customer", "/api/v1/customers/1700"),
                           ("page of 50, six columns", f"/api/v1/customers?{columns}"),
                           ("page of 50, all fields", "/api/v1/customers"),
                           ("page of 50, sorted, counted", f"/api/v1/customers?sort=-net_amount&count=1&{columns}")):
            rate, p99 = wrk(server, path, seconds, 64)
            row("service", f"{what}, 64 connections", f"{rate:.0f}/s p99 {p99:.1f} ms",
                "target 1000/s", f"{rate / 1000:.1f} x")
            rate, p99 = wrk(server, path, seconds, 16, steady=True)
            row("service", f"{what} at {rate:.0f}/s", f"p99 {p99:.2f} ms", "target 5 ms",
                f"{5 / max(p99, 0.001):.2f} x")


if __name__ == "__main__":
    main()
