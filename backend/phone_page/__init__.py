"""The page of a receipt, for the phone of whoever has it: where its form stands and who does what next, no more."""
