-- The site that a delivery names, where it is another one than the linked shop: a copy of it, which is not followed.
ALTER TABLE inbox ADD COLUMN copy TEXT;
