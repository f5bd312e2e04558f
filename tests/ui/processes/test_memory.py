"""What keeps the processes small: each in a process of its own, since it is about what is loaded when."""

import subprocess
import sys


def run(program: str) -> None:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_kiosk_run_loads_its_equipment_before_qt() -> None:
    run("import sys, ui.processes.run; assert not [name for name in sys.modules if name.startswith('PySide6')]")


def test_a_visitors_process_loads_after_qt_only_what_needs_it() -> None:
    run("""
import sys
from ui.processes import memory, run
memory.load_what_needs_no_qt()
before = set(sys.modules)
import ui.processes.visitor, ui.processes.pause
ours = ("forms", "kiosk", "offline_cache", "protocol", "voice", "qrcode")
late = {name for name in set(sys.modules) - before if name.startswith(ours)}
assert late == {"voice.devices.qt_audio"}, late
assert not {"PIL", "escpos", "fpdf", "fontTools"} & set(sys.modules), "what prints is loaded by its own processes"
""")


def test_code_that_was_needed_to_start_is_let_go_of_and_comes_back() -> None:
    run("""
from pathlib import Path
from PySide6.QtWidgets import QApplication, QLabel
from protocol.sealing import generate_keys
from ui.processes import memory
def held_kb():
    return sum(int(line.split()[1]) for line in Path("/proc/self/smaps_rollup").read_text().splitlines()
               if line.startswith(("Private_Clean:", "Shared_Clean:")))
QApplication(["test", "-platform", "offscreen"])
before = held_kb()
memory.let_go_of_code()
assert held_kb() < before / 2, (before, held_kb())
generate_keys()
assert not QLabel("再说一遍").grab().isNull()
""")
