#!/usr/bin/python3
"""The main job of the desk as a screen reader drives it: through AT-SPI alone, no key and no mouse.

atspi_mainjob.py BIN starts `BIN/upgradedesk --training` under a virtual X server with a message bus of its own,
reads number, state and gate, presses the buttons by their names, and succeeds only if the record is in the outbox.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PATIENCE = 30
INSIDE = "UPGRADEDESK_ATSPI_INSIDE"
# Numbers of the protocol: the names in the bindings differ between Debian 12 and 13.
ROLE_BUTTON = 43
ROLE_CHOICE = 7
ROLE_FIELD = 61
NEEDED = {"Xvfb": "xvfb", "dbus-run-session": "dbus-daemon"}
WITH_DISPLAY = os.path.join(os.path.dirname(__file__), "../../packaging/linux/withdisplay.sh")


def give_up(why):
    sys.exit(f"FAILED: {why}")


def enter_session():
    """Runs this script again where there is a display and a message bus."""
    for program, package in NEEDED.items():
        if not shutil.which(program):
            give_up(f"{program} is missing (Debian package {package})")
    environment = dict(os.environ, LC_ALL="C.UTF-8", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb")
    environment[INSIDE] = "1"
    # Neither a desktop that is there by chance nor its bus is to take part.
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS"):
        environment.pop(name, None)
    done = subprocess.run([WITH_DISPLAY, "dbus-run-session", "--", sys.executable] + sys.argv, env=environment, check=False)
    sys.exit(done.returncode)


class Desk:
    """The running desk as its accessible objects."""

    def __init__(self, pyatspi, programs, folder):
        self.api = pyatspi
        self.root = None
        self.process = subprocess.Popen(
            [os.path.join(programs, "upgradedesk"), "--training", "--data", folder, "--lang", "zh_CN"],
            stdin=subprocess.DEVNULL)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def await_(self, what, look):
        """Asks until there is an answer: the tree changes while it is read."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                give_up(f"the desk has ended with {self.process.returncode}")
            try:
                found = look()
            except Exception:  # pylint: disable=broad-except
                found = None  # an object went away under our hands
            if found:
                return found
            time.sleep(0.05)
        give_up(f"waited {PATIENCE} s for {what}; on the screen: {self.screen()}")

    def screen(self):
        try:
            return [(o.getRoleName(), o.name) for o in self.visible() if o.name]
        except Exception as error:  # pylint: disable=broad-except
            return str(error)

    def open(self):
        def look():
            for application in self.api.Registry.getDesktop(0):
                if application and application.get_process_id() == self.process.pid and application.childCount:
                    return application
            return None
        self.root = self.await_("the program in the accessibility tree", look)
        # Nothing here runs the loop that would keep a cache true.
        self.root.set_cache_mask(self.api.Atspi.Cache.NONE)

    def visible(self):
        rest = [self.root]
        while rest:
            one = rest.pop(0)
            states = one.getState()
            if one is not self.root and not states.contains(self.api.STATE_SHOWING):
                continue
            yield one
            rest = [one.getChildAtIndex(i) for i in range(one.childCount)] + rest

    def find(self, name, role=None):
        for one in self.visible():
            if one.name and one.name.startswith(name) and (role is None or int(one.getRole()) == role):
                return one
        return None

    def read(self, name):
        found = self.await_(f"'{name}'", lambda: next((one for one in self.visible() if one.name == name), None))
        print(f"    {found.name}: {found.description}", flush=True)
        return found.description

    def wait_for(self, name):
        print(f"    {self.await_(repr(name), lambda: self.find(name)).name}", flush=True)

    def press(self, name, role=ROLE_BUTTON):
        def look():
            found = self.find(name, role)
            return found if found and found.getState().contains(self.api.STATE_ENABLED) else None
        button = self.await_(f"an enabled button '{name}'", look)
        action = button.queryAction()
        names = [action.getName(i) for i in range(action.nActions)]
        wanted = "Toggle" if role == ROLE_CHOICE else "Press"
        if wanted not in names:
            give_up(f"the button '{name}' cannot be pressed, only {names}")
        action.doAction(names.index(wanted))
        print(f"    pressed {name}", flush=True)

    def enter(self, name, text):
        field = self.await_(f"the field '{name}'", lambda: self.find(name, ROLE_FIELD))
        if not field.queryEditableText().setTextContents(text):
            give_up(f"the field '{name}' takes no text")
        print(f"    entered {name}", flush=True)


def expect(found, wanted):
    if wanted not in found:
        give_up(f"'{wanted}' is not in '{found}'")


def play(desk):
    """Every step by the names a person hears."""
    desk.open()
    for digit in "135790":
        desk.press(digit)
    desk.wait_for("请刷卡")
    desk.press("互通卡")
    expect(desk.read("卡号"), "3 1 0 5")
    expect(desk.read("状态"), "待补查")
    expect(desk.read("闸机"), "未查到健康码信息，请您尽快授权升级")
    desk.press("开始升级")
    desk.wait_for("请放证件")
    desk.press("手工输入", ROLE_CHOICE)
    desk.enter("姓名", "测试甲")
    desk.enter("证件号", "11010219020304004X")
    desk.wait_for("请乘客确认告知书")
    desk.press("乘客已同意")
    desk.press("下一步，稍后补查")
    desk.press("确认升级")
    desk.wait_for("升级完成")
    expect(desk.read("状态"), "待上传")


def main():
    if len(sys.argv) != 2:
        give_up("atspi_mainjob.py BIN")
    if INSIDE not in os.environ:
        enter_session()
    try:
        import pyatspi  # pylint: disable=import-outside-toplevel
    except ImportError as error:
        give_up(f"{error} (Debian package python3-pyatspi)")
    programs = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(pyatspi, programs, folder)
        try:
            play(desk)
        finally:
            desk.end()
        listed = subprocess.run([os.path.join(programs, "deskctl"), "--data", folder, "--json", "queue", "list"],
                                check=True, capture_output=True, text=True)
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    if [row.get("state") for row in rows] != ["queued"]:
        give_up(f"the outbox holds {listed.stdout}")
    print("    the record is in the outbox", flush=True)


if __name__ == "__main__":
    main()
