"""Who waits in the hall: numbers that kiosks draw and staff call."""
