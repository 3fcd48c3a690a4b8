"""What the benches and the crash test share: a server in a folder of its own, and talking to it."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time

PASSWORD = "Kiesel-Weide-42-Ufer"


def row(bench, what, ours, rival, ratio):
    print(f"{bench}\t{what}\t{ours}\t{rival}\t{ratio}", flush=True)


def percentile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part))]


class Server:
    """`guanxi serve` on a free port of the loopback. The folder is removed at the end."""

    def __init__(self, program):
        self.program, self.process, self.port = program, None, 0
        self.folder = tempfile.mkdtemp(prefix="guanxi-")
        self.data = os.path.join(self.folder, "data")
        self.cookie = self.csrf = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *arguments, check=True):
        done = subprocess.run([self.program, *arguments, "--data", self.data], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if check and done.returncode != 0:
            raise SystemExit(f"guanxi {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done

    def init(self):
        secret = os.path.join(self.folder, "password")
        with open(secret, "w", encoding="utf-8") as file:
            file.write(PASSWORD)
        self.command("init", "--admin", "bench", "--password-file", secret)

    def start(self, limit_s=60):
        """Seconds until it says that it is ready."""
        began = time.monotonic()
        self.log = open(os.path.join(self.folder, "log"), "a", encoding="utf-8")
        self.process = subprocess.Popen(
            [self.program, "serve", "--data", self.data, "--listen", "127.0.0.1:0", "--quiet"],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        for line in self.process.stdout:
            if "is ready" in line:
                self.port = int(line.rstrip().rsplit(":", 1)[1])
                return time.monotonic() - began
            if time.monotonic() - began > limit_s:
                break
        raise SystemExit("the server did not start; see " + self.log.name)

    def stop(self, number=signal.SIGTERM):
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait()
            self.process.stdout.close()
            self.log.close()
            self.process = None

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def headers(self):
        head = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{self.port}"}
        if self.cookie:
            head["Cookie"] = self.cookie
            head["X-CSRF-Token"] = self.csrf
        return head

    def call(self, method, path, body=None, connection=None):
        connection = connection or self.connect()
        text = None if body is None else json.dumps(body)
        connection.request(method, path, body=text, headers=self.headers())
        answer = connection.getresponse()
        raw = answer.read()
        return answer.status, json.loads(raw) if raw[:1] in b"{[" else raw, answer

    def sign_in(self):
        status, body, answer = self.call("POST", "/api/v1/session",
                                         {"username": "bench", "password": PASSWORD})
        if status != 201:
            raise SystemExit(f"sign-in: {status} {body}")
        self.cookie = answer.getheader("Set-Cookie").split(";")[0]
        self.csrf = body["csrf"]

    def unlimited(self):
        """Request rates are a brake for strangers, not what is measured."""
        rates = json.dumps({"auth.rate_user": 0, "auth.rate_token": 0})
        self.command("call", "PATCH", "/api/v1/settings", rates)

    def resident_kb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            for line in file:
                if line.startswith("VmRSS"):
                    return int(line.split()[1])
        return 0
