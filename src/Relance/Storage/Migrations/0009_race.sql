-- The next messages of a shop in the order they are claimed: without sorting all that are due for each hundred.
CREATE INDEX message_claim ON message (shop_id, rank, not_before, id) WHERE state = 'due';
