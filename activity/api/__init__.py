"""The caller's own things that are made of many others: what the ones they follow did, sums, the state of a film."""
