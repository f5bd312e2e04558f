"""What every room of the hall stands on: settings, the database and its tables, wrong tries, errors, logs."""
