#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Tocsin authors
# SPDX-License-Identifier: MIT
"""A display on a wall for minutes or for hours, at a gateway that is busy, killed and started again,
with a configuration that changes meanwhile. What it takes of the machine must not grow, systemd's
watchdog must not bite, and in the end it must show what a wall shows that was only just started.

    soak.py DIRECTORY-WITH-THE-PROGRAMS [MINUTES]

Starts X servers of its own. Ends with 1 where something of that was not so.
"""

import contextlib
import json
import math
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

SIZE = "1280x720"
# As the installed unit would have it but for the time, which is a third.
WATCHDOG_SECONDS = 20
SAMPLE_SECONDS = 1.0
# The part of the time in which everything has been shown, and caches have filled.
WARM_UP = 0.3
# What the allocator's arenas and the caches of glyphs move it by. It is the same for any duration, so
# that ten hours find a leak of a sixtieth.
MOST_GROWTH_MIB = 4.0
# What was opened and resolved is remembered, up to a number, by design: with more of it in so short a
# time it would be taken for a leak.
REPORTS_A_SECOND = 1.0
PATIENCE = 60
# Not through a proxy that this machine may have.
HTTP = urllib.request.build_opener(urllib.request.ProxyHandler({}))

# Taken in turn. No page has more than some seconds, so that each is shown many times a minute.
VARIANTS = (
    """
    [[screen]]
    [[screen.page]]
    title = "All"
    duration = "3s"
    [[screen.page]]
    title = "By service"
    group = "service"
    duration = "2s"
    [[screen.page]]
    title = "Monitors"
    view = "monitors"
    duration = "2s"
    [[screen.page]]
    title = "The last day"
    view = "activity"
    duration = "2s"
    """,
    """
    theme = "light"
    hold = "5s"
    [[screen]]
    text = 80
    [[screen.page]]
    filter = "severity:critical"
    duration = "2s"
    [[screen.page]]
    order = "newest"
    duration = "2s"
    """,
    """
    contrast = "high"
    pixel_shift = 5
    [dimming]
    from = "00:00"
    to = "23:59"
    [[screen]]
    [[screen.page]]
    group = "severity"
    duration = "2s"
    [[screen.page]]
    view = "monitors"
    duration = "2s"
    """,
)
# What both walls show in the end: one page, at one place, at one brightness.
LAST = """
    keep_list = false
    pixel_shift = 0
    [[screen]]
    [[screen.page]]
    duration = "1h"
    """
WRONG = 'theme = "pink"\n'


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def until(holds, what):
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(what)
        time.sleep(0.1)


class Ear(threading.Thread):
    """A service manager's, for one wall."""

    def __init__(self, directory):
        super().__init__(daemon=True)
        self.path = os.path.join(directory, "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.ready = 0
        self.fed = 0
        self.longest_gap = 0.0
        self.last = None
        self.start()

    def run(self):
        while True:
            lines = self.socket.recv(4096).decode().splitlines()
            now = time.monotonic()
            self.ready += "READY=1" in lines
            if "WATCHDOG=1" in lines:
                self.fed += 1
                if self.last is not None:
                    self.longest_gap = max(self.longest_gap, now - self.last)
                self.last = now

    def gap(self):
        """The longest time without, up to now."""
        return max(self.longest_gap, time.monotonic() - self.last) if self.last else math.inf


class Wall:
    """The program on an X server of its own."""

    def __init__(self, programs, configuration):
        self.directory = tempfile.TemporaryDirectory(prefix="tocsin-kiosk-soak-")
        self.server = subprocess.Popen(
            ("Xvfb", "-displayfd", "1", "-screen", "0", SIZE + "x24", "-nolisten", "tcp"),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        self.display = ":" + self.server.stdout.readline().strip()
        self.ear = Ear(self.directory.name)
        self.output = open(os.path.join(self.directory.name, "output"), "w+", encoding="utf-8")
        environment = dict(
            os.environ,
            DISPLAY=self.display,
            QT_QPA_PLATFORM="xcb",
            QT_QUICK_BACKEND="software",
            NOTIFY_SOCKET=self.ear.path,
            WATCHDOG_USEC=str(WATCHDOG_SECONDS * 1_000_000),
            LC_ALL="C.UTF-8",
            LANGUAGE="en",
            # Without one a bus would be started that outlives the wall.
            DBUS_SESSION_BUS_ADDRESS="disabled:",
            XDG_RUNTIME_DIR=self.directory.name,
            XDG_CONFIG_HOME=self.directory.name,
            XDG_CACHE_HOME=self.directory.name,
        )
        for foreign in ("WAYLAND_DISPLAY", "WATCHDOG_PID"):
            environment.pop(foreign, None)
        self.process = subprocess.Popen(
            (os.path.join(programs, "tocsin"), "--kiosk", "--config", configuration),
            stdout=self.output, stderr=self.output, env=environment,
        )

    def said(self):
        self.output.seek(0)
        return self.output.read()

    def picture(self):
        taken = subprocess.run(
            ("import", "-display", self.display, "-window", "root", "rgb:-"),
            stdout=subprocess.PIPE, check=False,
        )
        return taken.stdout

    def resident(self):
        """In MiB: what it has for itself, and what of files it has mapped."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
            return int(re.search(r"VmRSS:\s+(\d+) kB", status.read()).group(1)) / 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def threads(self):
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def close(self):
        for process in (self.process, self.server):
            process.terminate()
            process.wait()
        self.server.stdout.close()
        self.output.close()
        self.directory.cleanup()


class Gateway:
    def __init__(self, programs, directory):
        self.command = (
            os.path.join(programs, "tocsin-gateway"), "--data-dir", os.path.join(directory, "data"),
            "--listen",
        )
        self.port = free_port()
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            (*self.command, f"127.0.0.1:{self.port}"),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        until(self.is_ready, "the gateway is not ready")

    def is_ready(self):
        with contextlib.suppress(OSError), HTTP.open(self.url("/readyz"), timeout=5) as reply:
            return reply.status == 200
        return False

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def post(self, path, body):
        """False where it is not there to take it."""
        request = urllib.request.Request(
            self.url(path), json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with contextlib.suppress(OSError), HTTP.open(request, timeout=10) as reply:
            return reply.status == 200
        return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self):
        self.process.terminate()
        self.process.wait()


class World:
    """What happens at the gateway, and to the file, for a time; the same each time."""

    def __init__(self, gateway, configuration, wall):
        self.gateway = gateway
        self.configuration = configuration
        self.wall = wall
        self.random = random.Random(20261127)
        self.open = []
        self.reports = 0
        self.kills = 0
        self.changes = 0
        self.next_kill = time.monotonic() + 20
        self.next_change = time.monotonic() + 10
        self.samples = []

    def configure(self, rest):
        text = f'server = "ws://127.0.0.1:{self.gateway.port}/ws"\n{rest}'
        if "[sound]" not in text:
            text += "\n[sound]\non = false\n"
        with open(self.configuration + ".new", "w", encoding="utf-8") as file:
            file.write(text)
        os.rename(self.configuration + ".new", self.configuration)

    def report(self, passed):
        """Few are open at times, and more than four screens hold at others."""
        wanted = round(20 - 20 * math.cos(passed / 120 * 2 * math.pi))
        if len(self.open) < wanted or not self.open:
            self.reports += 1
            key = f"disk-{self.reports}"
            taken = self.gateway.post("/ingest/incident", {
                "key": key, "title": f"Disk almost full on {key}",
                "severity": self.random.choice(("critical", "warning", "info", "odd")),
                "service": f"service-{self.random.randrange(12)}",
                "labels": {"env": "production", "host": key},
            })
            if taken:
                self.open.append(key)
        else:
            key = self.open[self.random.randrange(len(self.open))]
            if self.gateway.post("/ingest/incident", {"key": key, "status": "resolved"}):
                self.open.remove(key)
            self.reports += 1
        if self.reports % 20 == 0:
            number = self.random.randrange(20)
            self.gateway.post("/ingest/uptime-kuma", {
                "heartbeat": {"status": self.random.randrange(2),
                              "time": time.strftime("%Y-%m-%d %H:%M:%S.000", time.gmtime())},
                "monitor": {"id": number, "name": f"Monitor {number}"},
            })

    def go_on(self, seconds):
        begin = time.monotonic()
        next_sample = begin
        self.samples = []
        while (passed := time.monotonic() - begin) < seconds:
            if self.wall.process.poll() is not None:
                raise AssertionError(f"the wall ended with {self.wall.process.returncode}")
            self.report(passed)
            now = time.monotonic()
            if now >= self.next_kill:
                self.gateway.kill()
                self.kills += 1
                time.sleep(self.random.uniform(0, 4))
                self.gateway.start()
                self.next_kill = now + self.random.uniform(20, 40)
            if now >= self.next_change:
                self.changes += 1
                self.configure(
                    WRONG if self.changes % 7 == 0 else VARIANTS[self.changes % len(VARIANTS)]
                )
                self.next_change = now + 15
            if now >= next_sample:
                self.samples.append((passed, self.wall.resident()))
                next_sample = now + SAMPLE_SECONDS
            time.sleep(1 / REPORTS_A_SECOND)


def slope(samples):
    """In MiB a second, by the least squares."""
    middle = sum(second for second, _ in samples) / len(samples)
    level = sum(mebibytes for _, mebibytes in samples) / len(samples)
    return sum((second - middle) * (mebibytes - level) for second, mebibytes in samples) / sum(
        (second - middle) ** 2 for second, _ in samples
    )


def main():
    programs = sys.argv[1]
    minutes = float(sys.argv[2]) if len(sys.argv) > 2 else 10
    failures = []
    with contextlib.ExitStack() as stack:
        directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="tocsin-kiosk-soak-"))
        configuration = os.path.join(directory, "kiosk.toml")
        gateway = Gateway(programs, directory)
        stack.callback(gateway.close)
        world = World(gateway, configuration, None)
        world.configure(VARIANTS[0])
        wall = Wall(programs, configuration)
        stack.callback(wall.close)
        world.wall = wall
        until(lambda: wall.ear.fed > 0, "the watchdog was never fed")
        world.go_on(minutes * 60)

        end = world.samples[-1][0]
        measured = [sample for sample in world.samples if sample[0] >= WARM_UP * end]
        growth = slope(measured) * (measured[-1][0] - measured[0][0])
        levels = [mebibytes for _, mebibytes in measured]
        by_minute = {}
        for second, mebibytes in world.samples:
            by_minute.setdefault(int(second // 60), []).append(mebibytes)
        print(
            f"{minutes:g} minutes: {world.reports} reports, the gateway killed {world.kills} times, "
            f"{world.changes} configurations\n"
            f"resident after the first {WARM_UP:.0%}: {min(levels):.1f} to {max(levels):.1f} MiB, "
            f"{growth:+.2f} MiB by the regression (at most {MOST_GROWTH_MIB:g})\n"
            f"mean of each minute: "
            f"{' '.join(f'{sum(of) / len(of):.1f}' for of in by_minute.values())}\n"
            f"descriptors: {wall.descriptors()}, threads: {wall.threads()}\n"
            f"watchdog: fed {wall.ear.fed} times, at most {wall.ear.gap():.1f} s apart"
            f" (systemd would bite after {WATCHDOG_SECONDS})"
        )
        if growth > MOST_GROWTH_MIB:
            failures.append(f"it grew by {growth:.1f} MiB")
        if wall.ear.gap() >= WATCHDOG_SECONDS:
            failures.append(f"the watchdog was not fed for {wall.ear.gap():.1f} s")
        if wall.ear.ready != 1:
            failures.append(f"it was ready {wall.ear.ready} times")

        # Beside one that knows nothing but what the gateway says.
        world.configure(LAST)
        other = Wall(programs, configuration)
        stack.callback(other.close)
        until(lambda: other.ear.ready == 1, "no second wall")
        shown = {}

        def both_show_the_same():
            # Ages go on while pictures are taken.
            shown["before"] = other.picture()
            shown["wall"] = wall.picture()
            return shown["wall"] == other.picture() == shown["before"] != b""

        try:
            until(both_show_the_same, "it does not show what a new wall shows")
            # And that is not what every wall shows.
            gateway.post("/ingest/incident",
                         {"key": "last", "title": "The last", "severity": "critical"})
            before = shown["wall"]
            until(lambda: both_show_the_same() and shown["wall"] != before,
                  "it does not show what a new wall shows of a new incident")
            print("It shows what a wall shows that was only just started.")
        except AssertionError as failure:
            failures.append(str(failure))
        if failures:
            print("\n".join((*failures, "What it said:", wall.said()[-4000:])))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
