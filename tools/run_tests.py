#!/usr/bin/env python3
"""Builds with sanitizers and runs every check of the house; see script/test.

Each job is one process. Test executables, the page's unit tests and the browser journeys close with
a line "N passed, N failed[, N skipped]"; every other job counts as one. A job that cannot run, ends
without its closing line, by a signal or by its time limit counts as failed."""

import argparse
import atexit
import concurrent.futures
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(ROOT, "build-asan")
TIMES = os.path.join(BUILD, "test-seconds.json")
WORKERS = max(2, os.cpu_count() or 2)
LIMIT_S = 420
PARTS = ("unit", "api", "lint", "web", "e2e")
ON_DEMAND = ("analyze",)  # slow, and not yet without findings everywhere
CLOSING = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$")
VITEST = re.compile(r"^\s*Tests\s+(.*?)\s*\(\d+\)\s*$", re.M)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


running = set()  # processes, so that a stop from outside can end them
stopped = False


class Job:
    def __init__(self, part, name, command, cwd=ROOT, env=None, limit=LIMIT_S, read=None):
        self.part, self.name, self.command, self.cwd = part, name, command, cwd
        self.env, self.limit, self.read = env or {}, limit, read or one_of


class Result:
    def __init__(self, passed, failed, skipped=0, note=""):
        self.passed, self.failed, self.skipped, self.note = passed, failed, skipped, note


def one_of(code, output):
    return Result(int(code == 0), int(code != 0))


def by_closing_line(code, output):
    lines = output.rstrip().splitlines()
    match = CLOSING.match(lines[-1]) if lines else None
    if not match:
        # A sanitizer reports leaks behind the closing line.
        match = next(filter(None, map(CLOSING.match, reversed(lines))), None)
        if not match or code == 0:
            return Result(0, 1, note="no closing line")
    passed, failed, skipped = (int(n or 0) for n in match.groups())
    if code != 0 and failed == 0:
        return Result(passed, 1, skipped, note=f"exit code {code}")
    if passed + failed + skipped == 0:
        return Result(0, 1, note="nothing ran")
    return Result(passed, failed, skipped)


def by_vitest(code, output):
    match = VITEST.search(output)
    if not match:
        return Result(0, 1, note="no summary of vitest")
    count = {word: int(n) for n, word in re.findall(r"(\d+) (passed|failed|skipped|todo)", match[1])}
    failed = count.get("failed", 0) or int(code != 0)
    return Result(count.get("passed", 0), failed, count.get("skipped", 0) + count.get("todo", 0))


def environment(extra):
    env = dict(os.environ, NO_COLOR="1", FORCE_COLOR="0", LC_ALL="C.UTF-8")
    env["ASAN_OPTIONS"] = "detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1"
    env["UBSAN_OPTIONS"] = "print_stacktrace=1:halt_on_error=1"
    suppressions = os.path.join(ROOT, "test", "lsan.supp")
    env["LSAN_OPTIONS"] = "print_suppressions=0:suppressions=" + suppressions
    shared = os.path.join(ROOT, "..", "shared", "data")
    if "GUANXI_SHARED" not in env and os.path.isdir(shared):
        env["GUANXI_SHARED"] = os.path.abspath(shared)
    env.update(extra)
    return env


def run(job, env):
    """Returns (Result, output, seconds); a job over its limit is ended with its children."""
    if stopped:
        return Result(0, 1, note="stopped"), "", 0.0
    start = time.monotonic()
    try:
        process = subprocess.Popen(
            job.command, cwd=job.cwd, env={**env, **job.env}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    except OSError as error:
        return Result(0, 1, note=str(error)), "", 0.0
    running.add(process)
    try:
        output, _ = process.communicate(timeout=job.limit)
        late = False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        late = True
    running.discard(process)
    text = COLOUR.sub("", output.decode("utf-8", "replace"))
    if late:
        result = Result(0, 1, note=f"longer than {job.limit} s")
    else:
        result = job.read(process.returncode, text)
    return result, text, time.monotonic() - start


def stop(number, _):
    """Ends what runs, so that main() comes to its end and the cluster is taken down."""
    global stopped
    stopped = True
    for process in list(running):
        os.killpg(process.pid, signal.SIGKILL)
    sys.exit(128 + number)


class Postgres:
    """A cluster in a temporary folder, reached by its socket only, without fsync."""

    def __init__(self):
        found = glob.glob("/usr/lib/postgresql/*/bin")
        if not found:
            raise OSError("no PostgreSQL in /usr/lib/postgresql")
        self.bin = max(found, key=lambda path: float(path.split("/")[4]))
        self.folder = tempfile.mkdtemp(prefix="guanxi-pg-")
        self.data = os.path.join(self.folder, "data")
        atexit.register(self.stop)
        # initdb refuses to run as root.
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(self.folder, "postgres")
        os.chmod(self.folder, 0o755)
        self.call("initdb", "-D", self.data, "-U", "guanxi", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")
        options = (f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off "
                   "-c synchronous_commit=off -c full_page_writes=off -c max_connections=200 "
                   "-c shared_buffers=64MB -c autovacuum=off")
        self.call("pg_ctl", "-D", self.data, "-w", "-l", os.path.join(self.folder, "log"),
                  "-o", options, "start")
        self.call("createdb", "-h", self.folder, "-U", "guanxi", "guanxi")
        self.url = f"postgres://guanxi@/guanxi?host={self.folder}"

    def call(self, program, *arguments):
        done = subprocess.run([*self.user, os.path.join(self.bin, program), *arguments], cwd="/",
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise OSError(f"{program}: {done.stderr.decode(errors='replace').strip()}")

    def stop(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        if os.path.isdir(self.folder):
            subprocess.run([*self.user, os.path.join(self.bin, "pg_ctl"), "-D", self.data, "-m",
                            "immediate", "stop"], cwd="/", stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            shutil.rmtree(self.folder, ignore_errors=True)


def build_jobs(with_page):
    page = [Job("build", "page", ["script/page"])] if with_page else []
    setup = []
    if not os.path.exists(os.path.join(BUILD, "build.ninja")):
        setup = [Job("build", "configure", [
            "meson", "setup", BUILD, "-Dbuildtype=debug", "-Doptimization=g",
            "-Db_sanitize=address,undefined", "-Db_lundef=false"])]
    return page + setup + [Job("build", "compile", ["ninja", "-C", BUILD, "--quiet"], limit=1500)]


def meson_jobs():
    listed = subprocess.run(["meson", "introspect", "--tests", BUILD], check=True,
                            stdout=subprocess.PIPE).stdout
    for test in json.loads(listed):
        suites = [suite.split(":")[-1] for suite in test["suite"]]
        part = "api" if "api" in suites else "unit"
        yield Job(part, test["name"], test["cmd"], cwd=test["workdir"] or ROOT, env=test["env"],
                  limit=max(LIMIT_S, test["timeout"]), read=by_closing_line)


def lint_jobs():
    return [
        Job("lint", "house rules", ["python3", "tools/lint.py"]),
        Job("lint", "lint itself", ["python3", "tools/lint_test.py"], read=by_closing_line),
        Job("lint", "layers", ["tools/layers.sh"]),
        Job("lint", "clang-format", ["tools/format_check.sh"]),
    ]


def web_jobs():
    web = os.path.join(ROOT, "web")
    return [
        Job("web", "eslint", ["npm", "run", "--silent", "lint"], cwd=web),
        Job("web", "typecheck", ["npm", "run", "--silent", "typecheck"], cwd=web),
        Job("web", "vitest", ["npm", "run", "--silent", "test"], cwd=web, read=by_vitest),
    ]


def e2e_jobs():
    return [Job("e2e", "browser journeys", ["npm", "run", "--silent", "e2e"],
                cwd=os.path.join(ROOT, "web"), env={"GUANXI_BIN": os.path.join(BUILD, "guanxi")},
                limit=600, read=by_closing_line)]


class Report:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.failures, self.seconds = [], {}

    def add(self, job, result, output, seconds, counts=True):
        word = "FAILED" if result.failed else "ok"
        tally = f"{result.passed} passed" if not result.failed else (
            f"{result.passed} passed, {result.failed} failed")
        tally += f", {result.skipped} skipped" if result.skipped else ""
        tally += f" ({result.note})" if result.note else ""
        print(f"{word:6} {seconds:7.1f} s  {job.part:5} {job.name:24} {tally}", flush=True)
        self.seconds[f"{job.part} {job.name}"] = round(seconds, 2)
        if counts or result.failed:
            self.passed += result.passed
            self.failed += result.failed
            self.skipped += result.skipped
        if result.failed:
            self.failures.append((job, output))

    def close(self):
        for job, output in self.failures:
            lines = output.rstrip().splitlines()
            cut = [f"... {len(lines) - 200} lines before"] if len(lines) > 200 else []
            print(f"\n--- {job.part} {job.name}: {' '.join(job.command)}")
            print("\n".join(cut + lines[-200:]))
        print()
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        print(f"{self.passed} passed, {self.failed} failed{skipped}", flush=True)
        return 1 if self.failed else 0


def remembered():
    try:
        with open(TIMES, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def remember(seconds):
    if os.path.isdir(BUILD):
        with open(TIMES, "w", encoding="utf-8") as file:
            json.dump({**remembered(), **seconds}, file, indent=1)


def run_pool(jobs, env, report):
    """Longest first, so that two workers end at about the same time."""
    known = remembered()
    jobs = sorted(jobs, key=lambda job: -known.get(f"{job.part} {job.name}", 1000))
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        waiting = {pool.submit(run, job, env): job for job in jobs}
        for future in concurrent.futures.as_completed(waiting):
            report.add(waiting[future], *future.result())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", help="unit, api, lint, web, e2e, analyze, or part of a test's name")
    names = parser.parse_args().only
    parts = [name for name in names if name in PARTS + ON_DEMAND] or ([] if names else list(PARTS))
    words = [name for name in names if name not in PARTS + ON_DEMAND]
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)

    report = Report()
    extra = {}
    static = lint_jobs() if "lint" in parts else []
    static += web_jobs() if "web" in parts else []
    if "analyze" in parts:
        static.append(Job("lint", "analyze", ["tools/analyze.sh"], limit=1800))
    pool = []
    if words or {"unit", "api", "e2e", "analyze"} & set(parts):
        built = True
        for job in build_jobs(with_page="e2e" in parts):
            result, output, seconds = run(job, environment({}))
            report.add(job, result, output, seconds, counts=False)
            built = built and (not result.failed or job.name == "page")
        if built:
            pool = [job for job in meson_jobs()
                    if job.part in parts or any(word in job.name for word in words)]
            if not pool and words:
                print(f"no test has {' or '.join(words)} in its name")
                report.failed += 1
        try:
            extra["GUANXI_TEST_PG"] = Postgres().url
        except OSError as error:
            report.add(Job("build", "postgresql", []), Result(0, 1, note=str(error)), "", 0.0)
    env = environment(extra)
    run_pool(pool + static, env, report)
    # The browser alone: its journeys wait for pages and would measure the other jobs.
    for job in e2e_jobs() if "e2e" in parts else []:
        report.add(job, *run(job, env))
    remember(report.seconds)
    return report.close()


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
