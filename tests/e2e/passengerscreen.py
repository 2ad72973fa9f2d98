#!/usr/bin/python3
"""The passenger's screen is plugged in and pulled out while a link is in progress, with screens of a real X server.

passengerscreen.py BIN starts `BIN/upgradedesk --training` on an Xvfb whose one picture RandR divides into monitors, brings a
passenger to the card page, and lets the second monitor come and go (UPGRADEDESK_E2E_PLUGS times, 10 unless set). Each time
the window is there, or gone, within a second; the page stays; then the link goes on.
"""

import ctypes
import os
import socket
import subprocess
import sys
import tempfile
import time

PATIENCE = 60
IN_TIME = 1.0
WIDTH, HEIGHT = 1366, 768


class Monitor(ctypes.Structure):
    """XRRMonitorInfo of Xrandr.h."""
    _fields_ = [("name", ctypes.c_ulong), ("primary", ctypes.c_int), ("automatic", ctypes.c_int),
                ("noutput", ctypes.c_int), ("x", ctypes.c_int), ("y", ctypes.c_int), ("width", ctypes.c_int),
                ("height", ctypes.c_int), ("mwidth", ctypes.c_int), ("mheight", ctypes.c_int),
                ("outputs", ctypes.POINTER(ctypes.c_ulong))]


class Resources(ctypes.Structure):
    """The head of XRRScreenResources."""
    _fields_ = [("timestamp", ctypes.c_ulong), ("configTimestamp", ctypes.c_ulong), ("ncrtc", ctypes.c_int),
                ("crtcs", ctypes.POINTER(ctypes.c_ulong)), ("noutput", ctypes.c_int),
                ("outputs", ctypes.POINTER(ctypes.c_ulong))]


def give_up(why):
    sys.exit(f"FAILED: {why}")


class Display:
    """The monitors of one X display."""

    def __init__(self, name):
        self.x = ctypes.CDLL("libX11.so.6")
        self.randr = ctypes.CDLL("libXrandr.so.2")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
        self.x.XInternAtom.restype = ctypes.c_ulong
        self.x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self.randr.XRRAllocateMonitor.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self.randr.XRRAllocateMonitor.restype = ctypes.POINTER(Monitor)
        self.randr.XRRSetMonitor.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.POINTER(Monitor)]
        self.randr.XRRDeleteMonitor.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
        self.randr.XRRGetScreenResources.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self.randr.XRRGetScreenResources.restype = ctypes.POINTER(Resources)
        deadline = time.monotonic() + PATIENCE
        self.display = None
        while not self.display and time.monotonic() < deadline:
            self.display = self.x.XOpenDisplay(name.encode())
        if not self.display:
            give_up("no X display")
        self.root = self.x.XDefaultRootWindow(self.display)

    def add(self, name, left, output=None):
        monitor = self.randr.XRRAllocateMonitor(self.display, 1 if output else 0)
        one = monitor.contents
        one.name = self.x.XInternAtom(self.display, name, 0)
        one.primary = 1 if output else 0
        one.x, one.y, one.width, one.height, one.mwidth, one.mheight = left, 0, WIDTH, HEIGHT, 347, 195
        if output:
            one.outputs[0], one.noutput = output, 1
        self.randr.XRRSetMonitor(self.display, self.root, monitor)
        self.x.XSync(self.display, 0)

    def add_first(self):
        self.add(b"staff", 0, self.randr.XRRGetScreenResources(self.display, self.root).contents.outputs[0])

    def plug(self):
        self.add(b"passenger", WIDTH)

    def pull(self):
        self.randr.XRRDeleteMonitor(self.display, self.root, self.x.XInternAtom(self.display, b"passenger", 0))
        self.x.XSync(self.display, 0)


class Trace:
    """The lines the desk has written."""

    def __init__(self, path):
        self.path = path

    def lines(self):
        with open(self.path, encoding="utf-8") as file:
            return file.read().splitlines()

    def count(self, line):
        return self.lines().count(line)

    def wait_for(self, line, times=1, patience=PATIENCE):
        """Returns how long it took."""
        start = time.monotonic()
        while self.count(line) < times:
            if time.monotonic() - start > patience:
                give_up(f"'{line}' not {times} times within {patience} s: {self.lines()[-5:]}")
            time.sleep(0.005)
        return time.monotonic() - start


def tap(path):
    with socket.socket(socket.AF_UNIX) as control:
        control.connect(path)
        control.sendall(b"tap beijing-card\n")
        control.recv(100)


def press(*keys):
    subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)


def play(programs, folder, display):
    display.add_first()
    trace = Trace(os.path.join(folder, "trace"))
    with open(trace.path, "w", encoding="utf-8") as out:
        desk = subprocess.Popen([os.path.join(programs, "upgradedesk"), "--training", "--trace", "--data",
                                 os.path.join(folder, "data"), "--control", os.path.join(folder, "control")],
                                stdin=subprocess.DEVNULL, stdout=out)
    try:
        trace.wait_for("reader ready")
        # Without a window manager nobody else gives the keyboard to the window.
        found = subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(desk.pid)], check=True,
                               capture_output=True, text=True)
        subprocess.run(["xdotool", "windowfocus", "--sync", found.stdout.split()[-1]], check=True)
        # Slower than a scanner.
        subprocess.run(["xdotool", "type", "--delay", "180", "135790"], check=True)
        trace.wait_for("page idle")
        tap(os.path.join(folder, "control"))
        trace.wait_for("page card")
        times = int(os.environ.get("UPGRADEDESK_E2E_PLUGS", "10"))
        slowest = 0
        for i in range(1, times + 1):
            display.plug()
            slowest = max(slowest, trace.wait_for("passenger screen beside", i, IN_TIME))
            display.pull()
            slowest = max(slowest, trace.wait_for("passenger screen none", i, IN_TIME))
        pages = [line for line in trace.lines() if line.startswith("page ")]
        if desk.poll() is not None or pages[-1] != "page card":
            give_up(f"the passenger is lost: {pages[-3:]}")
        # A page is deaf for a moment after it has come, and this one may have come just now.
        deadline = time.monotonic() + PATIENCE
        while not trace.count("page document") and time.monotonic() < deadline:
            press("Return")
            time.sleep(0.1)
        trace.wait_for("page document", patience=0)
        print(f"    {times} times plugged and pulled, the slowest after {slowest * 1000:.0f} ms; the link goes on")
    finally:
        desk.terminate()
        desk.wait(PATIENCE)


def main():
    if len(sys.argv) != 2:
        give_up("passengerscreen.py BIN")
    reader, writer = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{2 * WIDTH}x{HEIGHT}x24",
                               "-nolisten", "tcp", "-noreset"], pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as number:
            os.environ.update(DISPLAY=":" + number.readline().strip(), QT_QPA_PLATFORM="xcb", LC_ALL="C.UTF-8")
        os.environ.pop("WAYLAND_DISPLAY", None)
        with tempfile.TemporaryDirectory() as folder:
            play(sys.argv[1], folder, Display(os.environ["DISPLAY"]))
    finally:
        server.terminate()
        server.wait(PATIENCE)


if __name__ == "__main__":
    main()
