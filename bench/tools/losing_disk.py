"""A disk that loses what was not synced when its power goes: a file system of FUSE over a plain folder.

    python bench/tools/losing_disk.py FOLDER MOUNT --seed 1 --cut-after 40

FOLDER is what is on the disk. The power goes just before the step number `--cut-after`; a step is a sync or a change of
names or of a file's length. FOLDER then holds what is left, "cut" is printed, and nothing is answered any more. Without
a cut that happens when it is unmounted, and the number of steps is printed.

What is modelled, after ext4 with its ordered journal, and harsher where POSIX promises less:
- Data goes by sectors of 512 bytes, each whole. Of those that were written since the file's last fsync or fdatasync
  each is there or not, by a coin of its own; some are written back by themselves before, in any order.
- A file that grew has its new length or the old one, with zeros where no sector came. A file that was cut shorter is so
  or not, and if not then what was written after that is gone too.
- Names (made, linked, renamed, removed, in all folders) come onto the disk in their order, and any number of the last
  may be gone. An fsync of a folder keeps all so far; one of a file keeps no name, as on ext4 it does.
- Rights are never lost. No symbolic links, no sector that is half written or damaged, no disk that lies about a sync.
"""

import argparse
import errno
import os
import shutil
import signal
import stat
import sys
from pathlib import Path
from random import Random

from mfusepy import FUSE, FuseOSError, Operations

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from bench.tools.unsynced import SECTOR, File, Left  # noqa: E402

UNNAMED = ".fuse_hidden"  # what the library of FUSE calls a file that was removed and is still open


class LosingDisk(Operations):
    """`cut_after` 0: the power stays on."""

    use_ns = True

    def __init__(self, folder: Path, seed: int, cut_after: int) -> None:
        self.folder, self.random, self.cut_after, self.steps = folder, Random(seed), cut_after, 0
        self.names = {"/": File(stat.S_IFDIR | 0o700)}
        for path in folder.rglob("*"):
            self.names["/" + path.relative_to(folder).as_posix()] = _read(path)
        self.journal = [self.names]  # what names there were after each change that is not on the disk
        self.opened: dict[int, File] = {}
        self.folders: dict[int, str] = {}

    def cut(self) -> None:
        """Leave in the folder what the disk still has."""
        names = self.random.choice(self.journal)
        left = {file.number: file.left(self.random) for file in names.values()}  # a file may have several names
        shutil.rmtree(self.folder)
        for path, file in sorted(names.items()):
            if Path(path).name.startswith(UNNAMED):
                continue
            place = self.folder / path[1:]
            if stat.S_ISDIR(file.mode):
                place.mkdir()
            else:
                _write(place, left[file.number])
            place.chmod(stat.S_IMODE(file.mode))

    def _step(self) -> None:
        self.steps += 1
        if self.steps == self.cut_after:
            self.cut()
            print("cut", flush=True)
            while True:
                signal.pause()

    def _name(self, names: dict[str, File]) -> None:
        self.names = names
        self.journal.append(names)

    def _at(self, path: str | None, handle: int | None = None) -> File:
        file = self.opened[handle] if handle is not None else self.names.get(path or "")
        if file is None:
            raise FuseOSError(errno.ENOENT)
        return file

    def _hand(self, file: File) -> int:
        self.opened[file.number] = file
        return file.number

    def init(self, path: str) -> None:
        print("ready", flush=True)

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        file = self._at(path, fh)
        links = sum(other is file for other in self.names.values())
        times = dict.fromkeys(("st_atime", "st_mtime", "st_ctime"), file.changed_ns)
        owner = {"st_uid": os.getuid(), "st_gid": os.getgid()}
        blocks = -(-file.size // SECTOR)
        known = {"st_mode": file.mode, "st_ino": file.number, "st_nlink": links, "st_size": file.size}
        return known | times | owner | {"st_blocks": blocks}

    def statfs(self, path: str) -> dict[str, int]:
        return dict.fromkeys(("f_blocks", "f_bfree", "f_bavail"), 2**20) | dict.fromkeys(("f_bsize", "f_frsize"), 4096)

    def opendir(self, path: str) -> int:
        handle = self._hand(self._at(path))
        self.folders[handle] = path
        return handle

    def readdir(self, path: str, fh: int) -> list[tuple[str, dict[str, int], int]]:
        inside = self.folders[fh].rstrip("/") + "/"
        found = {one[len(inside) :]: self.names[one] for one in self._children(inside)}
        itself = dict.fromkeys((".", ".."), self.opened[fh])
        return [(name, {"st_ino": one.number, "st_mode": one.mode}, 0) for name, one in (itself | found).items()]

    def _children(self, inside: str) -> list[str]:
        return [one for one in self.names if one.startswith(inside) and one != "/" and "/" not in one[len(inside) :]]

    def open(self, path: str, flags: int) -> int:
        file = self._at(path)
        if flags & os.O_TRUNC:
            self.truncate(path, 0)
        return self._hand(file)

    def create(self, path: str, mode: int, flags: int) -> int:
        self._step()
        file = File(stat.S_IFREG | stat.S_IMODE(mode))
        self._name(self.names | {path: file})
        return self._hand(file)

    def mkdir(self, path: str, mode: int) -> int:
        self._step()
        self._name(self.names | {path: File(stat.S_IFDIR | stat.S_IMODE(mode))})
        return 0

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return self._at(path, fh).read(size, offset)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        self._at(path, fh).write(data, offset, self.random)
        return len(data)

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        self._step()
        self._at(path, fh).truncate(length)
        return 0

    def fallocate(self, path: str, mode: int, offset: int, size: int, fh: int) -> int:
        self._step()
        file = self._at(path, fh)
        file.truncate(max(file.size, offset + size))
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        self._step()
        self._at(path, fh).sync()
        return 0

    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
        self._step()
        self.journal = [self.names]
        return 0

    def link(self, target: str, source: str) -> int:
        self._step()
        self._name(self.names | {target: self._at(source)})
        return 0

    def unlink(self, path: str) -> int:
        self._step()
        self._at(path)
        self._name({one: file for one, file in self.names.items() if one != path})
        return 0

    def rmdir(self, path: str) -> int:
        if self._children(path + "/"):
            raise FuseOSError(errno.ENOTEMPTY)
        return self.unlink(path)

    def rename(self, old: str, new: str) -> int:
        self._step()
        inside = old + "/"
        moved = [one for one in self.names if one == old or one.startswith(inside)]
        left = {one: file for one, file in self.names.items() if one not in moved}
        self._name(left | {new + one[len(old) :]: self.names[one] for one in moved})
        return 0

    def chmod(self, path: str, mode: int) -> int:
        file = self._at(path)
        file.mode = stat.S_IFMT(file.mode) | stat.S_IMODE(mode)
        return 0

    def chown(self, path: str, uid: int, gid: int) -> int:
        return 0

    def utimens(self, path: str, times: tuple[int, int] | None = None) -> int:
        return 0


def _read(path: Path) -> File:
    file = File(path.stat().st_mode)
    if path.is_file():
        file.fill(path.read_bytes())
    return file


def _write(path: Path, left: Left) -> None:
    with path.open("wb") as file:
        for number, sector in left.sectors.items():
            file.seek(number * SECTOR)
            file.write(sector)
        file.truncate(left.size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("mount", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cut-after", type=int, default=0)
    options = parser.parse_args()
    disk = LosingDisk(options.folder, options.seed, options.cut_after)
    FUSE(disk, str(options.mount), foreground=True, nothreads=True, use_ino=True)
    disk.cut()
    print(disk.steps, flush=True)


if __name__ == "__main__":
    main()
