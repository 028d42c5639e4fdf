"""Looking for faults of a rule book, by proof and by comparison. No input, no output, no law.

findings     what a finding is, and what its code means
slices       the part of a book that decides one target
persons      a person for whom a condition holds, found exactly
proofs       what must hold of the rules of a target
lint         what must hold of single entries
checking     all of it, again only for targets that a change touches
"""
