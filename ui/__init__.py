"""The window, its widgets and its voice: they show the screens of kiosk.session and report what people do."""
