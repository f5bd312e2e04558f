#!/bin/sh
# The hall's commands on a machine where yinling-hall.service runs: as its user, with its settings. Run by root.
#   install -m 755 assets/system/hall.sh /usr/local/sbin/hall
#   sudo hall kiosks
set -a
[ ! -e /etc/yinling/hall.env ] || . /etc/yinling/hall.env
exec runuser -u hall -- /opt/yinling-kiosk/.venv/bin/hall "$@"
