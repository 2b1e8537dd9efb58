#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Tocsin authors
# SPDX-License-Identifier: MIT
"""Reads the dashboard in a real window as a screen reader does, through AT-SPI, while its gateway is
killed and brought back. Nothing of the dashboard's own code is used to look at it.

    screenreader.py DIRECTORY-WITH-THE-PROGRAMS

Starts an X server and a D-Bus of its own, so that it neither needs a desktop nor reads somebody's.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
import warnings

PATIENCE = 60
# Not through a proxy that this machine may have.
HTTP = urllib.request.build_opener(urllib.request.ProxyHandler({}))
PROGRAMS = ""
Atspi = None


class Desktop:
    """An X server, a session bus, and what they were asked to start."""

    def __init__(self):
        self.processes = []
        self.directory = tempfile.TemporaryDirectory(prefix="tocsin-screenreader-")
        self.home = self.directory.name
        os.environ.update(
            HOME=self.home,
            XDG_RUNTIME_DIR=self.home,
            XDG_CACHE_HOME=os.path.join(self.home, "cache"),
            XDG_CONFIG_HOME=os.path.join(self.home, "config"),
            XDG_DATA_HOME=os.path.join(self.home, "data"),
            NO_AT_BRIDGE="0",
            QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
            QT_QUICK_BACKEND="software",
            QT_QPA_PLATFORM="xcb",
            LC_ALL="C.UTF-8",
        )
        for foreign in ("WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"):
            os.environ.pop(foreign, None)
        display = self.first_line(
            "Xvfb", "-displayfd", "1", "-screen", "0", "1280x720x24", "-nolisten", "tcp"
        )
        os.environ["DISPLAY"] = ":" + display
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = self.first_line(
            "dbus-daemon", f"--config-file={self.bus_configuration()}", "--nofork", "--print-address=1"
        )

    def bus_configuration(self):
        """Of a bus that starts what reads the screen and nothing else.

        A desktop portal that is installed would be started too. It is a program with a window itself,
        and libatspi 2.46 waits for itself for ever when it comes while the desktop is read.
        """
        services = os.path.join(self.directory.name, "services")
        os.mkdir(services)
        shutil.copy("/usr/share/dbus-1/services/org.a11y.Bus.service", services)
        name = os.path.join(self.directory.name, "bus.conf")
        with open(name, "w", encoding="utf-8") as file:
            file.write(
                "<busconfig><type>session</type>"
                "<listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>"
                f"<servicedir>{services}</servicedir>"
                '<policy context="default"><allow send_destination="*" eavesdrop="true"/>'
                '<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>'
            )
        return name

    def first_line(self, *command):
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            start_new_session=True,
        )
        self.processes.append(process)
        line = process.stdout.readline().strip()
        if not line:
            raise RuntimeError(f"{command[0]} ended with {process.wait()}")
        return line

    def close(self):
        # The last first: who loses his bus or his display complains.
        for process in reversed(self.processes):
            process.terminate()
            process.wait()
            process.stdout.close()
        self.directory.cleanup()


class Program:
    """One of Tocsin's programs, with its output kept for the report of a failure."""

    def __init__(self, name, *arguments):
        self.output = tempfile.TemporaryFile(mode="w+")
        self.process = subprocess.Popen(
            [os.path.join(PROGRAMS, name), *arguments], stdout=self.output, stderr=self.output
        )

    def said(self):
        self.output.seek(0)
        return self.output.read()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()
        self.output.close()


class Node:
    """What a screen reader knows of one thing on the screen."""

    def __init__(self, accessible, parents):
        self.accessible = accessible
        states = accessible.get_state_set()
        # Older versions of AT-SPI call it a push button.
        self.role = accessible.get_role_name().replace("push button", "button")
        self.name = accessible.get_name() or ""
        self.description = accessible.get_description() or ""
        self.showing = states.contains(Atspi.StateType.SHOWING)
        self.focusable = states.contains(Atspi.StateType.FOCUSABLE)
        self.parents = parents

    def __repr__(self):
        return f"{self.role} “{self.name}” ({self.description})"

    def press(self):
        """Raises GLib.Error where it has gone since it was read."""
        # Qt's bridge offers the actions by name, in an order of its own. It knows the old call only.
        for index in range(self.accessible.get_n_actions()):
            if self.accessible.get_action_name(index) == "Press":
                self.accessible.do_action(index)
                return
        raise AssertionError(f"{self} cannot be pressed")


def nodes_of_application():
    """All that is on the screen of the dashboard, or nothing where it changed under the reader."""
    # A reader that asks what has gone meanwhile gets an error, and looks again.
    from gi.repository import GLib

    found = []

    def collect(accessible, parents):
        node = Node(accessible, parents)
        if not node.showing:
            return
        found.append(node)
        for index in range(accessible.get_child_count()):
            child = accessible.get_child_at_index(index)
            if child is not None:
                collect(child, (*parents, node))

    try:
        desktop = Atspi.get_desktop(0)
        # Asked for anew each time: it keeps what was long ago otherwise.
        desktop.set_cache_mask(Atspi.Cache.NONE)
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is not None and application.get_name() == "tocsin":
                collect(application, ())
    except GLib.Error:
        return []
    return found


class ScreenReader(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory(prefix="tocsin-screenreader-data-")
        self.addCleanup(self.directory.cleanup)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.gateway = None
        self.dashboard = None
        self.start_gateway()
        self.start_dashboard()

    # What the world does.

    def start_gateway(self):
        self.gateway = Program(
            "tocsin-gateway", "--listen", f"127.0.0.1:{self.port}", "--data-dir", self.directory.name
        )
        self.addCleanup(self.gateway.close)
        self.until(self.gateway_is_ready, "the gateway is not ready")

    def start_dashboard(self, *options):
        self.dashboard = Program(
            "tocsin", "--server", f"ws://127.0.0.1:{self.port}/ws", "--size", "1280x720", *options
        )
        self.addCleanup(self.dashboard.close)

    def gateway_is_ready(self):
        try:
            with HTTP.open(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as reply:
                return reply.status == 200
        except OSError:
            return False

    def post(self, key, **fields):
        incident = {"fingerprint": key, "title": f"Disk almost full on {key}", "service": "web"}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/ingest/incident",
            json.dumps(incident | fields).encode(),
            {"Content-Type": "application/json"},
        )
        with HTTP.open(request, timeout=PATIENCE) as reply:
            self.assertEqual(reply.status, 200)

    # What the reader makes of it.

    def until(self, condition, otherwise):
        """Waits for the condition, and on the way holds every screen to the promise."""
        end = time.monotonic() + PATIENCE
        while True:
            found = condition()
            if found:
                return found
            if time.monotonic() > end:
                screen = [repr(node) for node in nodes_of_application()]
                said = [program.said() for program in (self.gateway, self.dashboard) if program]
                self.fail("\n".join([otherwise, *screen, *said]))
            # What is asked of is another process, which needs a processor too.
            time.sleep(0.02)

    def screen(self):
        nodes = nodes_of_application()
        calm = [node for node in nodes if node.name.startswith("No active incidents")]
        states = [node.name for node in nodes if node.role == "status bar"]
        if calm and states:
            self.assertTrue(states[0].endswith(": Live"), f"{calm} while {states}")
        return nodes

    def rows(self, nodes):
        return [
            node.name for node in nodes
            if node.role == "list item" and node.parents[-1].name == "Active incidents"
        ]

    def state(self, nodes):
        for node in nodes:
            if node.role == "status bar":
                return node.name.rpartition(": ")[2]
        return ""

    def banner(self, nodes):
        for node in nodes:
            if node.role in ("alert", "notification") and re.match("Not (live|confirmed)", node.name):
                return node.name
        return ""

    def named(self, nodes, role, name):
        return next((node for node in nodes if node.role == role and node.name == name), None)

    def until_screen(self, condition, otherwise):
        def look():
            nodes = self.screen()
            return nodes if nodes and condition(nodes) else None

        return self.until(look, otherwise)

    def press(self, role, name):
        from gi.repository import GLib

        def press_it():
            node = self.named(self.screen(), role, name)
            try:
                return node and (node.press(), True)
            except GLib.Error:
                return None

        self.until(press_it, f"there is no {role} {name} to press")

    def until_live(self, *rows):
        return self.until_screen(
            lambda nodes: self.state(nodes) == "Live" and self.rows(nodes) == list(rows),
            f"not live with {rows}",
        )

    # The tests.

    def test_reads_what_is_on_the_screen(self):
        nodes = self.until_screen(
            lambda nodes: self.state(nodes) == "Live"
            and any(node.name.startswith("No active incidents") for node in nodes),
            "no empty list that is live",
        )
        self.assertEqual(self.banner(nodes), "")

        self.post("db-1", severity="warning")
        self.post("web-1", severity="critical")
        nodes = self.until_live(
            "Critical: Disk almost full on web-1", "Warning: Disk almost full on db-1"
        )
        # The reader goes from one to the next while the screen changes.
        nodes = self.until_screen(
            lambda nodes: self.named(nodes, "heading", "2 active incidents"), "not counted"
        )
        self.assertFalse([node for node in nodes if node.name.startswith("No active incidents")])
        row = self.named(nodes, "list item", "Critical: Disk almost full on web-1")
        self.assertRegex(row.description, r"^web, native, for ")

        # Whatever can be reached and whatever can be pressed has a name.
        for node in nodes:
            if node.focusable and node.role in (
                "button", "combo box", "text", "list item", "check box", "entry",
                "toggle button", "link",
            ):
                self.assertTrue(node.name, f"{node} in {node.parents}")

    def test_acts_on_an_incident(self):
        self.post("web-1", severity="critical")
        self.until_screen(
            lambda nodes: self.rows(nodes) and self.named(nodes, "heading", "1 active incident"),
            "not counted",
        )
        self.press("list item", "Critical: Disk almost full on web-1")
        nodes = self.until_screen(
            lambda nodes: self.named(nodes, "button", "Acknowledge"), "no incident is open"
        )
        self.assertEqual(
            self.named(nodes, "button", "Acknowledge").description, "Key A", nodes
        )
        self.press("button", "Acknowledge")
        self.until_screen(
            lambda nodes: any(
                node.role == "list item" and "Acknowledged" in node.description for node in nodes
            )
            and self.named(nodes, "button", "Unacknowledge"),
            "not acknowledged",
        )
        self.post("web-1", status="resolved")
        self.until_screen(
            lambda nodes: not self.rows(nodes)
            and any(node.name.startswith("No active incidents since") for node in nodes),
            "no calm after the end",
        )

    def test_never_reads_a_false_calm(self):
        self.post("web-1", severity="critical")
        self.post("db-1", severity="warning")
        before = ("Critical: Disk almost full on web-1", "Warning: Disk almost full on db-1")
        self.until_live(*before)

        self.gateway.kill()
        nodes = self.until_screen(
            lambda nodes: self.state(nodes) == "Reconnecting" and self.banner(nodes),
            "a gateway that is killed is not noticed",
        )
        self.assertEqual(self.rows(nodes), list(before))
        self.assertRegex(self.banner(nodes), r"^Not live: as of .*\d s ago")
        self.assertTrue(self.named(nodes, "button", "Retry now"), nodes)
        # It counts down, and the list grows older.
        self.until_screen(
            lambda nodes: any(
                node.role == "status bar" and re.search(r"next attempt in \d+ s", node.description)
                for node in nodes
            ),
            "no countdown",
        )
        first = self.banner(nodes)
        self.until_screen(
            lambda nodes: self.banner(nodes) not in ("", first), "the banner does not age"
        )

        # What can be done says why it cannot be done now.
        self.press("list item", before[0])
        nodes = self.until_screen(
            lambda nodes: self.named(nodes, "button", "Acknowledge"), "no incident is open"
        )
        # In words: that a button is disabled, Qt 6.4 does not tell.
        button = self.named(nodes, "button", "Acknowledge")
        self.assertRegex(button.description, "^Not connected: ")

        # Somebody else's news while the dashboard is away.
        self.start_gateway()
        self.post("web-2", severity="critical")
        self.post("db-1", status="resolved")
        nodes = self.until_screen(
            lambda nodes: self.state(nodes) == "Live"
            and sorted(self.rows(nodes))
            == ["Critical: Disk almost full on web-1", "Critical: Disk almost full on web-2"],
            "what happened meanwhile is not there",
        )
        self.until_screen(lambda nodes: not self.banner(nodes), "the banner stays")

    def test_starts_with_a_list_that_is_not_confirmed(self):
        self.post("web-1", severity="critical")
        self.until_live("Critical: Disk almost full on web-1")
        self.dashboard.close()
        self.gateway.kill()
        self.start_dashboard()
        nodes = self.until_screen(
            lambda nodes: self.banner(nodes) and self.rows(nodes), "the last list is not shown"
        )
        self.assertRegex(self.banner(nodes), "^Not confirmed yet: as of ")
        self.assertNotEqual(self.state(nodes), "Live")
        self.assertEqual(self.rows(nodes), ["Critical: Disk almost full on web-1"])

    def test_speaks_german(self):
        self.until_live()
        self.dashboard.close()
        self.start_dashboard("--language", "de")
        nodes = self.until_screen(
            lambda nodes: any(node.name.startswith("Keine aktiven Vorfälle seit") for node in nodes),
            "it does not speak German",
        )
        self.post("web-1", severity="critical")
        nodes = self.until_screen(
            lambda nodes: any(node.role == "list item" for node in nodes)
            and self.named(nodes, "heading", "1 aktiver Vorfall"),
            "there is no row",
        )
        # A button that stays down is a check box to newer versions of Qt.
        self.assertTrue(
            self.named(nodes, "button", "Unbestätigt")
            or self.named(nodes, "check box", "Unbestätigt"),
            nodes,
        )
        row = self.named(nodes, "list item", "Kritisch: Disk almost full on web-1")
        self.assertRegex(row.description, "^web, native, seit ")

        self.gateway.kill()
        self.until_screen(
            lambda nodes: any(
                re.match(r"Nicht live: .* Unter 127\.0\.0\.1, Port \d+, antwortet nichts\.", node.name)
                for node in nodes
            ),
            "the client does not speak German",
        )


def main():
    global PROGRAMS, Atspi
    if len(sys.argv) < 2 or not os.path.isfile(os.path.join(sys.argv[1], "tocsin")):
        sys.exit("usage: screenreader.py DIRECTORY-WITH-THE-PROGRAMS [TEST…]")
    PROGRAMS = os.path.abspath(sys.argv.pop(1))
    desktop = Desktop()
    try:
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi as library

        Atspi = library
        warnings.simplefilter("ignore", DeprecationWarning)
        Atspi.init()
        program = unittest.main(verbosity=2, exit=False, warnings="ignore")
    finally:
        desktop.close()
    sys.exit(not program.result.wasSuccessful())


if __name__ == "__main__":
    main()
