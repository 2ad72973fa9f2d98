"""A desk in training mode under Xvfb that benchmarks tap cards on: its trace, its control socket, its memory."""

import os
import queue
import random
import socket
import subprocess
import threading
import time

CARDS = ["beijing-card", "wristband", "phone", "older-card", "foreign-card", "bank-card"]
LONGEST_WAIT = 20.0


class TrainingDesk:
    def __init__(self, display, program, folder):
        self.display = display
        self.control = os.path.join(folder, "reader.sock")
        self.process = subprocess.Popen(
            [program, "--training", "--data", os.path.join(folder, "data"), "--control", self.control, "--trace"],
            env=display.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def await_line(self, *beginnings, longest=LONGEST_WAIT):
        """The next line of the trace that begins with one of these; None when none came in time."""
        end = time.monotonic() + longest
        while (left := end - time.monotonic()) > 0:
            try:
                line = self.lines.get(timeout=left)
            except queue.Empty:
                break
            if line.startswith(beginnings):
                return line
        return None

    def expect(self, *beginnings):
        line = self.await_line(*beginnings)
        if line is None:
            raise RuntimeError(f"the desk did not say {' or '.join(beginnings)}")
        return line

    def log_in(self):
        self.expect("page login")
        self.display.focus(self.process.pid)
        self.expect("reader ready")
        self.display.keys("type", "--delay", "180", "135790")  # faster keys are a scanner's
        self.expect("page idle")

    def send(self, line):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self.control)
            connection.sendall((line + "\n").encode())
            answer = connection.recv(4096).decode().strip()
        if not answer.startswith("ok"):
            raise RuntimeError(f"{line}: {answer}")

    def forget_lines(self):
        while not self.lines.empty():
            self.lines.get_nowait()

    def tap(self, card):
        self.forget_lines()
        self.send(f"tap {card}")

    def processes(self):
        mine = [self.process.pid]
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="ascii") as children:
            return mine + [int(child) for child in children.read().split()]

    def memory(self):
        """MiB of the desk and its child together: (resident, proportional)."""
        sums = {"Rss:": 0, "Pss:": 0}
        for process in self.processes():
            with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as rollup:
                for line in rollup:
                    word, *rest = line.split()
                    if word in sums:
                        sums[word] += int(rest[0])
        return sums["Rss:"] / 1024, sums["Pss:"] / 1024

    def end(self):
        self.process.terminate()
        self.process.wait(10)


def tap_many(desk, taps, faults, seed=20220601):
    """Taps one card after the other and waits until each is told; returns how many were."""
    chance = random.Random(seed)
    told = 0
    last = None
    for number in range(taps):
        last = chance.choice([card for card in CARDS if card != last])
        fault = chance.random() if faults else 1.0
        if fault < 0.10:
            desk.send(f"tear {chance.randint(0, 2)}")
        elif fault < 0.20:
            desk.send(f"corrupt {chance.randint(1, 3)}")
        elif fault < 0.28:
            desk.send(f"status {chance.randint(1, 2)} {chance.choice(['01', '02', '13', '27'])}")
        elif fault < 0.34:
            desk.send(f"stall {chance.randint(100, 800)}")
        desk.tap(last)
        if 0.34 <= fault < 0.40:
            desk.send("unplug")
            time.sleep(chance.uniform(0.05, 0.4))
            desk.send("plug")
        # A torn card is told as lost, or not at all when it was gone before the reader saw it.
        if desk.await_line("card ", longest=LONGEST_WAIT if fault >= 0.10 else 1.5):
            told += 1
        if chance.random() < 0.5:
            desk.send("remove")
        if number % 10 == 9:
            desk.display.keys("key", "Escape")
    return told
