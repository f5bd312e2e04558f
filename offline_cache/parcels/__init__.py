"""What goes to the hall beside forms and calls: kept on the disk, brought there once, told again after a restore."""
