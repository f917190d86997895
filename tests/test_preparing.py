"""`bin/prepare` ends when it is asked to, without telling where it was."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from desabinaan.supervisor import ROOT

# In the place of Python's own, which takes as long on a slow machine.
SLOW = """
import time
print("started", flush=True)
time.sleep(60)
"""


def test_whoever_presses_ctrl_c_reads_no_traceback(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / "venv.py").write_text(SLOW)
    (tmp_path / "python3.12").symlink_to(sys.executable)
    preparing = subprocess.Popen(
        [tmp_path / "bin/prepare", "run"],
        env={"PATH": f"{tmp_path}:{os.defpath}", "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert preparing.stdout
    assert preparing.stdout.readline() == "started\n"

    os.killpg(preparing.pid, signal.SIGINT)  # as a terminal does: all that it started too

    said = preparing.communicate(timeout=30)[1]
    assert preparing.returncode != 0
    assert said.startswith("Preparing .venv with ")
    assert said.count("\n") == 1
