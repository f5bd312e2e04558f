"""What a county writes for its hall, in the folder hall/: kiosk and hall check it by the same models."""
