"""What the home screen offers beside single services: groups of them, errands at the counters."""
