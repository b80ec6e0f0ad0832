# SPDX-License-Identifier: Apache-2.0
"""How records merge is said in one place for both ends, and in the tables; both say the same."""

from __future__ import annotations

from desktop.model.merging import MERGING, merging
from desktop.store.schema import nouns, only_grow
from desktop.store.shape import shape_of


def test_the_tables_and_the_rules_of_merging_say_the_same() -> None:
    """Mutant: declare a column as a text, a set or a fact in one of the two places alone."""
    assert MERGING.keys() == nouns.keys()
    for noun in nouns:
        shape, rules = shape_of(noun), merging(noun)
        assert rules.frozen is (noun in only_grow), noun
        if not rules.frozen:
            assert rules.texts == shape.merged_texts, noun
            assert rules.sets == shape.sets, noun
        assert rules.known


def test_no_noun_has_more_columns_than_a_mask_has_bits() -> None:
    """``received.mask`` is one signed number of 64 bits."""
    assert max(len(shape_of(noun).columns) for noun in nouns) < 63
