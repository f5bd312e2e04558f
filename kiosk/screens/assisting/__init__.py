"""The screens of staff who help at the kiosk, and what of all other screens they may see."""
