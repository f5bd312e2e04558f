# A Debian box of its own with systemd as its first process: this machine's files, to be written to without harm, no
# network but its own loopback, and of all services the two of this project. Called by bench/units.py, as root:
#   unshare --mount --pid --fork --uts --ipc --net --cgroup sh box.sh BOX PROJECT PACKAGES
# BOX is an empty folder, PROJECT the checkout, PACKAGES the folder of Python packages that its programs need.
set -eu
box=$1 project=$2 packages=$3
mount --make-rprivate /
mount -t tmpfs -o mode=755 box "$box"
mkdir "$box/upper" "$box/work" "$box/root"
mount -t overlay -o "lowerdir=/,upperdir=$box/upper,workdir=$box/work" box "$box/root"
cd "$box/root"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t tmpfs cgroup sys/fs/cgroup
mount -t cgroup2 cgroup sys/fs/cgroup
mount -t tmpfs -o mode=755 run run
mount -t tmpfs -o mode=1777 tmp tmp
mount -t tmpfs -o mode=755 dev dev
for one in null zero full random urandom tty; do touch dev/$one; mount --bind /dev/$one dev/$one; done
mkdir dev/shm dev/pts
mount -t tmpfs -o mode=1777 shm dev/shm
mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ip link set lo up

# the project where the units look for it, with the system's Python and the packages that are installed already
mkdir -p opt/yinling-kiosk
mount -t tmpfs -o mode=755 opt opt/yinling-kiosk
for one in assets backend forms kiosk offline_cache protocol ui voice; do
  mkdir opt/yinling-kiosk/$one
  mount --bind "$project/$one" opt/yinling-kiosk/$one
done
cp "$project/pyproject.toml" opt/yinling-kiosk
chroot . /usr/bin/python3 -m venv --without-pip opt/yinling-kiosk/.venv
mount --bind "$packages" opt/yinling-kiosk/.venv/lib/python3.*/site-packages
for one in kiosk.cli hall:backend.cli; do
  program=opt/yinling-kiosk/.venv/bin/${one%%[.:]*}
  printf '#!/bin/sh\nexec /opt/yinling-kiosk/.venv/bin/python -m %s "$@"\n' "${one#*:}" > "$program"
  chmod 755 "$program"
done

# its services: none of this machine's, but those two
rm -rf etc/systemd/system var/lib/yinling-* etc/yinling
for wants in sysinit basic multi-user sockets timers local-fs paths; do rm -rf usr/lib/systemd/system/$wants.target.wants; done
mkdir -p etc/systemd/system/box.target.d
cp "$project"/assets/system/*.service etc/systemd/system
for user in kiosk hall; do
  mkdir etc/systemd/system/yinling-$user.service.d
  chroot . useradd --system --home-dir /var/lib/yinling-$user --shell /usr/sbin/nologin $user
  printf '[Service]\nEnvironment=PYTHONPATH=/opt/yinling-kiosk PYTHONDONTWRITEBYTECODE=1\n' \
    > etc/systemd/system/yinling-$user.service.d/box.conf
done
# There is no seat here, no terminal and no graphics card: cage draws into memory, upright, and nobody logs in.
uid=$(chroot . id -u kiosk)
cat >> etc/systemd/system/yinling-kiosk.service.d/box.conf <<EOF
PAMName=
TTYPath=
TTYReset=no
TTYVHangup=no
StandardInput=null
Environment=XDG_RUNTIME_DIR=/run/user/$uid WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman
ExecStart=
ExecStart=/usr/bin/cage -r -- /opt/yinling-kiosk/.venv/bin/kiosk run
[Unit]
ConditionPathExists=
After=
EOF
mkdir -p run/user/$uid
chroot . chown kiosk: run/user/$uid && chmod 700 run/user/$uid
printf '[Unit]\nWants=yinling-hall.service yinling-kiosk.service systemd-journald.service\n' > etc/systemd/system/box.target
exec env -i container=box PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot . /usr/lib/systemd/systemd --unit=box.target
