"""What is known of the terminal and its visit; written by kiosk.session alone."""
