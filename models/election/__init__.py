"""Council elections as values: slips, ballots, boxes, the definition, and the rule that merges; pure."""
