"""What a county is told of services that load well and would still not work: found before a visitor does."""
