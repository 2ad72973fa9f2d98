#!/usr/bin/env python3
"""Runs every benchmark, prints one table and writes bench.json. README.md says what each figure means.

A missed aim is printed and is no failure; the exit code is 1 only when something could not be measured.
"""

import argparse
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # the source tree stays as it is

from trainingdesk import TrainingDesk, tap_many
from xdisplay import XDisplay

PARTS = ["resolver", "commit", "snapshot", "hub", "tap", "start", "memory", "stalls"]
MOST_MEMORY = 90
MOST_START = 2.0
LONGEST_STALL = 16


def figure(part, name, value, unit, limit=None, aim="", met=None):
    line = {"part": part, "name": name, "value": value, "unit": unit, "aim": aim}
    if limit is not None:
        line["limit"] = limit
    if met is not None:
        line["met"] = met
    return line


def figures_of(command, cwd):
    """What a program of ours prints, a figure each line."""
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def resolver(where):
    return figures_of([where.bin / "bench_resolver", "400" if where.quick else "2000"], where.out)


def commit(where):
    rounds, rows = ("3", "400") if where.quick else ("9", "1000")
    return figures_of([where.bin / "bench_commit", rounds, rows], where.out)


def snapshot(where):
    cards = os.environ.get("UPGRADEDESK_BENCH_CARDS", "1000000" if where.quick else "20000000")
    return figures_of([where.bin / "bench_snapshot", cards, str(int(cards) // 40)], where.out)


def hub(where):
    if not (where.bin / "bench_hub").exists():
        print("built without the hub: not measured", file=sys.stderr)
        return []
    sizes = ("100", "50", "2", "500") if where.quick else ("500", "500", "5", "10000")
    return figures_of([where.bin / "bench_hub", *sizes], where.out)


def tap(where):
    return figures_of([where.bin / "bench_tap", where.bin / "upgradedesk-nfc",
                       where.source / "tests/data/card-vectors.json",
                       where.source / "resources/training/cards.json", "3" if where.quick else "20"], where.out)


def keepassxc(folder):
    """The command that opens KeePassXC's window with settings of its own, or None."""
    program = shutil.which("keepassxc")
    if not program:
        return None
    settings = os.path.join(folder, "keepassxc.ini")
    with open(settings, "w", encoding="ascii") as file:
        # Without its questions of a first start, which would come before the window.
        file.write("[General]\nConfigVersion=2\nUpdateCheckMessageShown=true\n[GUI]\nCheckForUpdates=false\n")
    return [program, "--config", settings, "--localconfig", settings + ".local"]


def start(where):
    display = XDisplay()
    try:
        with tempfile.TemporaryDirectory(dir=where.out) as folder:
            commands = {
                "label": [where.bin / "bench_onelabel"],
                "desk": [where.bin / "upgradedesk", "--training", "--data", os.path.join(folder, "data")],
            }
            other = keepassxc(folder)
            if other:
                commands["keepassxc"] = other
            env = {**display.environment(), "HOME": folder, "XDG_RUNTIME_DIR": folder}
            times = {name: [] for name in commands}
            for round_number in range(6 if where.quick else 21):
                for name, command in commands.items():
                    program, milliseconds = display.time_to_paint(command, env)
                    display.end(program)
                    # The first of each fills the page cache, and makes the desk's practice identity.
                    if round_number > 0:
                        times[name].append(milliseconds)
    finally:
        display.close()
    desk = statistics.median(times["desk"])

    def against(name, aim, reached):
        # Of each round its own ratio: what the machine does meanwhile falls on both.
        ratio = statistics.median(ours / theirs for ours, theirs in zip(times["desk"], times[name]))
        row = figure("start", "exec to login page painted", desk, "ms", statistics.median(times[name]), aim,
                     reached(ratio))
        return {**row, "ratio": ratio}

    rows = [against("label", "<= 2.0 x one label", lambda ratio: ratio <= MOST_START)]
    if other:
        rows.append(against("keepassxc", "< KeePassXC", lambda ratio: ratio < 1))
    else:
        rows.append(figure("start", "KeePassXC is not installed: not compared", desk, "ms"))
    return rows


def memory(where):
    display = XDisplay()
    rows = []
    try:
        with tempfile.TemporaryDirectory(dir=where.out) as folder:
            desk = TrainingDesk(display, where.bin / "upgradedesk", folder)
            try:
                desk.log_in()
                time.sleep(1)
                for when, taps in (("after login", 0), ("after 100 taps", 100)):
                    tap_many(desk, taps, faults=False)
                    resident, proportional = desk.memory()
                    rows.append(figure("memory", f"RSS of desk and child, {when}", resident, "MiB", MOST_MEMORY,
                                       "<= 90 MiB", resident <= MOST_MEMORY))
                    rows.append(figure("memory", f"PSS of desk and child, {when}", proportional, "MiB", MOST_MEMORY,
                                       "<= 90 MiB", proportional <= MOST_MEMORY))
            finally:
                desk.end()
    finally:
        display.close()
    return rows


def stalls(where):
    display = XDisplay()
    taps = 60 if where.quick else 500
    try:
        with tempfile.TemporaryDirectory(dir=where.out) as folder:
            desk = TrainingDesk(display, where.bin / "bench_deskwatch", folder)
            try:
                desk.log_in()
                time.sleep(1)
                desk.process.stdin.write("from here on\n")
                desk.process.stdin.flush()
                told = tap_many(desk, taps, faults=True)
                desk.process.stdin.close()
                seen = json.loads(desk.expect('{"stalls"'))["stalls"]
                desk.process.wait(10)
            finally:
                desk.process.kill()
    finally:
        display.close()
    if told < taps * 0.8:
        raise RuntimeError(f"only {told} of {taps} taps were told")
    with open(where.out / "stalls.json", "w", encoding="utf-8") as file:
        json.dump(seen, file, indent=2)
    return [
        figure("stalls", f"longest wait for the event loop, {taps} taps with faults", seen["longestMs"], "ms",
               LONGEST_STALL, "<= 16 ms", seen["longestMs"] <= LONGEST_STALL),
        figure("stalls", "the same by the wall clock", seen["longestElapsedMs"], "ms", LONGEST_STALL),
        figure("stalls", f"waits over 16 ms of {seen['pings']}", seen["over16ms"], ""),
    ]


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                  if line.startswith("model name")), platform.machine())
    return {"processor": model, "processors": os.cpu_count(), "kernel": platform.release(),
            "load": os.getloadavg()[0], "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}


def number(value):
    return f"{value:,.0f}" if value >= 1000 or value == int(value) else f"{value:.3g}"


def table(rows):
    head = ["", "what", "figure", "limit in this run", "ratio", "aim", ""]
    cells = [head]
    for row in rows:
        limit, met = row.get("limit"), row.get("met")
        cells.append([row["part"], row["name"], f"{number(row['value'])} {row['unit']}".strip(),
                      "" if limit is None else f"{number(limit)} {row['unit']}".strip(),
                      f"{row['ratio']:.2f}" if "ratio" in row else "", row["aim"],
                      "" if met is None else "ok" if met else "MISS"])
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    for line in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of the programs")
    parser.add_argument("--source", type=pathlib.Path, required=True, help="root of the source tree")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder for bench.json, on a real disk")
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part; may be repeated")
    parser.add_argument("--quick", action="store_true", help="few repetitions, to try the benchmarks themselves")
    where = parser.parse_args()
    for path in ("bin", "source", "out"):
        setattr(where, path, getattr(where, path).resolve())
    where.out.mkdir(parents=True, exist_ok=True)

    rows, failed = [], []
    for part in where.only or PARTS:
        print(f"measuring: {part}", file=sys.stderr, flush=True)
        try:
            rows += globals()[part](where)
        except (OSError, RuntimeError, ValueError, KeyError, subprocess.SubprocessError) as error:
            failed.append(part)
            print(f"could not measure {part}: {error}", file=sys.stderr)
    for row in rows:
        if row.get("limit"):
            row.setdefault("ratio", row["value"] / row["limit"])
    with open(where.out / "bench.json", "w", encoding="utf-8") as file:
        json.dump({"machine": machine(), "quick": where.quick, "failed": failed, "figures": rows}, file, indent=2)
    table(rows)
    missed = sum(row.get("met") is False for row in rows)
    print(f"\n{missed} of {sum('met' in row for row in rows)} aims missed"
          f"{'; could not measure: ' + ', '.join(failed) if failed else ''}. {where.out / 'bench.json'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
