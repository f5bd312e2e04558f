"""What does not fit within a service, each flaw with its place: found when it is read, not while people wait."""
