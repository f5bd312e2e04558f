"""Where widgets stand: boxes, the frame, the content, the keypad."""
