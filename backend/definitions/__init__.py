"""Every definition that a form at this hall was ever filled in by: its own services' and those that kiosks brought."""
