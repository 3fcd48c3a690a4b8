#!/usr/bin/env python3
"""kill -9 of `guanxi serve` under write load, over and over: crash.py PROGRAM [ROUNDS]

Several connections create customers and orders as fast as they are answered. After a while the
server is killed; everything it has acknowledged (201) must be in the store afterwards, as it was
acknowledged, and `guanxi verify` must find nothing. Ends with "N passed, N failed": two checks a
round."""

import http.client
import os
import random
import signal
import sqlite3
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from guanxi import Server  # noqa: E402

WRITERS = 6


class Load(threading.Thread):
    def __init__(self, server, number, round_number, shop):
        super().__init__()
        self.server, self.tag, self.shop = server, f"{round_number}-{number}", shop
        self.customers, self.orders, self.refused = {}, {}, []

    def create(self, connection, path, body):
        status, answer, _ = self.server.call("POST", path, body, connection)
        if status != 201:
            self.refused.append(f"{status} {answer}")
            raise ConnectionError
        return answer["id"]

    def run(self):
        connection = self.server.connect()
        count = 0
        try:
            while True:
                count += 1
                name = f"压力 {self.tag}-{count}"
                customer = self.create(connection, "/api/v1/customers", {"name": name})
                self.customers[customer] = name
                number = f"C{self.tag}-{count}"
                order = self.create(connection, "/api/v1/orders", {
                    "shop_id": self.shop, "number": number, "customer_id": customer, "state": "paid",
                    "ordered_at": "2026-01-15T08:00:00Z", "total_amount": "12.50"})
                self.orders[order] = number
        except (OSError, http.client.HTTPException, ValueError):
            pass  # killed


def lost(database, table, column, acknowledged):
    found = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return [key for key, value in acknowledged.items()
                if found.execute(f"SELECT 1 FROM {table} WHERE id = ? AND {column} = ?",
                                 (key, value)).fetchone() is None]
    finally:
        found.close()


def one_round(server, number, dice):
    server.start()
    loads = [Load(server, i, number, one_round.shop) for i in range(WRITERS)]
    for load in loads:
        load.start()
    # After some writes, at any moment of the next one.
    wanted, limit = dice.randint(1, 150), time.monotonic() + 3
    while sum(len(x.customers) + len(x.orders) for x in loads) < wanted and time.monotonic() < limit:
        time.sleep(0.002)
    time.sleep(dice.uniform(0, 0.02))
    server.stop(signal.SIGKILL)
    for load in loads:
        load.join()
    proof = server.command("verify", check=False)
    database = os.path.join(server.data, "guanxi.db")
    gone, acknowledged = [], 0
    for load in loads:
        gone += lost(database, "customer", "name", load.customers)
        gone += lost(database, "orders", "number", load.orders)
        acknowledged += len(load.customers) + len(load.orders)
        for text in load.refused[:1]:
            print(f"round {number}: refused: {text}", flush=True)
    if gone:
        print(f"round {number}: {len(gone)} of {acknowledged} acknowledged writes are lost", flush=True)
    if proof.returncode != 0:
        print(f"round {number}: verify: {proof.stdout}{proof.stderr}", flush=True)
    return acknowledged, not gone, proof.returncode == 0


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    seed = int(os.environ.get("CRASH_SEED", time.time_ns() % 1000000))
    dice = random.Random(seed)
    acknowledged, passed, failed = 0, 0, 0
    with Server(os.path.abspath(sys.argv[1])) as server:
        server.init()
        server.start()
        server.unlimited()
        server.sign_in()
        status, shop, _ = server.call("POST", "/api/v1/shops", {"name": "shop", "platform": "site"})
        if status != 201:
            raise SystemExit(f"no shop: {status} {shop}")
        one_round.shop = shop["id"]
        server.stop()
        for number in range(rounds):
            written, kept, proved = one_round(server, number, dice)
            acknowledged += written
            passed += int(kept) + int(proved)
            failed += int(not kept) + int(not proved)
    print(f"{rounds} kills, {acknowledged} acknowledged writes (CRASH_SEED={seed})")
    if acknowledged == 0:
        print("nothing was written: nothing is shown")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
