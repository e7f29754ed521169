"""What metafor does not compute, or computes otherwise, by hand."""

import numpy as np
import pytest
from scipy.special import ndtr

from validations.statistics.effects import (
    arms_from_totals,
    corrected,
    corrected_events,
    odds_ratio,
    risk_ratio_of_events,
)
from validations.statistics.mantel_haenszel import mantel_haenszel_rd, pool_mantel_haenszel
from validations.statistics.pooling import between_groups, h_statistic, no_tau2, pool, prediction_interval


def test_the_risk_difference_of_a_single_study_has_its_own_variance() -> None:
    arms = arms_from_totals(*(np.array([value]) for value in (12.0, 40.0, 20.0, 41.0)))
    difference, variance, _ = mantel_haenszel_rd(arms)
    assert float(difference) == pytest.approx(12 / 40 - 20 / 41)
    assert float(variance) == pytest.approx(12 * 28 / 40**3 + 20 * 21 / 41**3)


def test_only_studies_with_an_empty_cell_are_corrected() -> None:
    arms = arms_from_totals(*(np.array(values) for values in ((0.0, 5.0), (10.0, 10.0), (3.0, 4.0), (10.0, 10.0))))
    assert [cell.tolist() for cell in corrected(arms)] == [[0.5, 5], [10.5, 5], [3.5, 4], [7.5, 6]]
    assert [cell.tolist() for cell in corrected_events(arms)] == [[0.5, 5], [10, 5], [3.5, 4], [7, 6]]


def test_the_risk_ratio_of_r_meta_with_an_empty_cell() -> None:
    effect, variance = risk_ratio_of_events(arms_from_totals(*(np.array([value]) for value in (2.0, 16.0, 0.0, 7.0))))
    reach = 1.959964 * np.sqrt(variance)
    assert np.exp([effect, effect - reach, effect + reach]).ravel() == pytest.approx([2.27, 0.12, 41.77], abs=0.005)


def test_many_plots_are_pooled_side_by_side() -> None:
    arms = arms_from_totals(
        *(
            np.array(values)
            for values in ((4.0, 6.0, 3.0), (123.0, 306.0, 231.0), (11.0, 29.0, 11.0), (139.0, 303.0, 220.0))
        )
    )
    effect, variance = odds_ratio(arms)
    both = pool(np.array([effect, effect]), np.array([variance, variance]), np.zeros(2))
    one = pool(effect, variance, no_tau2(effect, variance))
    assert both.effect.tolist() == [float(one.effect)] * 2
    assert both.weights.shape == (2, 3)
    assert pool_mantel_haenszel(mantel_haenszel_rd, arms, effect, variance).weights.sum() == pytest.approx(100)


def test_between_groups_of_two_is_the_square_of_z() -> None:
    q, df, p = between_groups(np.array([0.2, 0.5]), np.array([0.1, 0.1]))
    z = 0.3 / np.sqrt(0.02)
    assert (float(q), df, float(p)) == pytest.approx((z**2, 1, 2 * float(ndtr(-z))))


def test_the_prediction_interval_is_wider_than_the_interval() -> None:
    effect, variance = np.array([0.1, 0.4, 0.7]), np.array([0.01, 0.02, 0.01])
    pooled = pool(effect, variance, np.array(0.05))
    low, high = prediction_interval(pooled, 1)
    assert low < pooled.low and pooled.high < high
    assert float(h_statistic(pooled.q, pooled.df)) == pytest.approx(np.sqrt(float(pooled.q) / 2))
