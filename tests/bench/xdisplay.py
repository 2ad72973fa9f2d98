"""An Xvfb and a message bus of our own, and what the benchmarks ask of the screen, through libX11: when a window is
painted, and keys."""

import ctypes
import os
import subprocess
import time

MAGENTA = 0xFF00FF


class XDisplay:
    """Without a window manager; the root is magenta, so that the first pixel of a window shows."""

    def __init__(self, width=1366, height=768):
        self.width, self.height = width, height
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read, encoding="ascii") as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError("Xvfb does not start")
        self.name = f":{number}"
        # A kiosk has a bus. Without one libdbus looks for a program that starts one, and copies the whole process for it.
        self.bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE,
                                    stderr=subprocess.DEVNULL, text=True)
        self.bus_address = self.bus.stdout.readline().strip()
        if not self.bus_address:
            self.close()
            raise RuntimeError("dbus-daemon does not start")
        self.x = ctypes.CDLL("libX11.so.6")
        for function, result, arguments in (
                ("XOpenDisplay", ctypes.c_void_p, [ctypes.c_char_p]),
                ("XDefaultRootWindow", ctypes.c_ulong, [ctypes.c_void_p]),
                ("XSetWindowBackground", ctypes.c_int, [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]),
                ("XClearWindow", ctypes.c_int, [ctypes.c_void_p, ctypes.c_ulong]),
                ("XSync", ctypes.c_int, [ctypes.c_void_p, ctypes.c_int]),
                ("XGetImage", ctypes.c_void_p,
                 [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
                  ctypes.c_ulong, ctypes.c_int]),
                ("XGetPixel", ctypes.c_ulong, [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]),
                ("XDestroyImage", ctypes.c_int, [ctypes.c_void_p])):
            getattr(self.x, function).restype = result
            getattr(self.x, function).argtypes = arguments
        self.display = self.x.XOpenDisplay(self.name.encode())
        if not self.display:
            self.close()
            raise RuntimeError(f"no connection to the display {self.name}")
        self.root = self.x.XDefaultRootWindow(self.display)
        self.x.XSetWindowBackground(self.display, self.root, MAGENTA)
        self.clear()

    def close(self):
        for process in (self.bus, self.server):
            process.terminate()
            process.wait()

    def environment(self):
        env = {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb",
               "DBUS_SESSION_BUS_ADDRESS": self.bus_address}
        env.pop("WAYLAND_DISPLAY", None)
        return env

    def clear(self):
        self.x.XClearWindow(self.display, self.root)
        self.x.XSync(self.display, 0)

    def painted(self):
        """Whether a window covers the root on its middle line. One line only: what looks at the screen every
        millisecond takes its time from the program that is measured."""
        all_planes, z_pixmap = ctypes.c_ulong(-1).value, 2
        image = self.x.XGetImage(self.display, self.root, 0, self.height // 2, self.width, 1, all_planes, z_pixmap)
        if not image:
            return False
        covered = any(self.x.XGetPixel(image, at_x, 0) & 0xFFFFFF != MAGENTA for at_x in range(50, self.width, 150))
        self.x.XDestroyImage(image)
        return covered

    def time_to_paint(self, command, env, longest=30.0):
        """Starts the program; returns it and the milliseconds from exec to its first pixel."""
        # The window of the program before this one goes when the server sees its connection end.
        while self.painted():
            time.sleep(0.01)
            self.clear()
        start = time.monotonic()
        program = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        while time.monotonic() - start < longest:
            if self.painted():
                return program, (time.monotonic() - start) * 1000
            if program.poll() is not None:
                raise RuntimeError(f"{command[0]} ended at once")
            time.sleep(0.001)
        program.kill()
        raise RuntimeError(f"{command[0]} painted nothing in {longest:.0f} s")

    @staticmethod
    def end(program):
        program.terminate()
        try:
            program.wait(5)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()

    def focus(self, process_id):
        windows = subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(process_id)],
                                 env=self.environment(), check=True, capture_output=True, text=True).stdout.split()
        subprocess.run(["xdotool", "windowfocus", "--sync", windows[-1]], env=self.environment(), check=True)

    def keys(self, *words):
        subprocess.run(["xdotool", *words], env=self.environment(), check=True)
