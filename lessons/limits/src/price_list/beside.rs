//! The same things on another machine, or on another day.

use measure::Interval;
use serde::Serialize;

use super::document::PriceList;

/// One thing that has a price in both lists.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Compared {
    pub(crate) name: String,
    /// What it costs there, in seconds.
    pub(crate) there: Interval,
    /// How many times as much it costs here.
    pub(crate) ratio: Interval,
    /// What can be told of that.
    pub(crate) here: Here,
}

/// How the price here is, beside the price there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Here {
    Cheaper,
    Dearer,
    /// The ratio may as well be one.
    CannotTell,
}

/// Each thing that has a price in both, but for those of a device in software.
pub(super) fn beside(here: &PriceList, there: &PriceList) -> Vec<Compared> {
    let compared = here.prices.iter().filter(|price| !price.is_in_software());
    let compared = compared.filter_map(|price| {
        let there = there.named(&price.name).filter(|there| !there.is_in_software())?.seconds?;
        let ratio = price.seconds?.ratio_to(there);
        let here = match ratio {
            cheaper if cheaper.is_below(1.0) => Here::Cheaper,
            dearer if dearer.is_above(1.0) => Here::Dearer,
            _ => Here::CannotTell,
        };
        Some(Compared { name: price.name.clone(), there, ratio, here })
    });
    compared.collect()
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::list;
    use super::*;

    #[test]
    fn what_differs_by_more_than_both_ranges_is_marked() {
        let here = list(&[("a", 2.0, 0.1), ("b", 1.0, 0.1), ("c", 1.0, 0.01), ("d", 1.0, 0.1)]);
        let there = list(&[("a", 1.0, 0.1), ("b", 1.1, 0.1), ("c", 2.0, 0.01), ("e", 1.0, 0.1)]);
        let compared = beside(&here, &there);
        let told: Vec<_> = compared.iter().map(|one| (one.name.as_str(), one.here)).collect();
        assert_eq!(told, [("a", Here::Dearer), ("b", Here::CannotTell), ("c", Here::Cheaper)]);
        assert!((compared[2].ratio.median - 0.5).abs() < 1e-12);
    }

    #[test]
    fn without_ranges_nothing_is_told() {
        let mut here = list(&[("a", 9.0, 0.1)]);
        let seconds = here.prices[0].seconds.as_mut().expect("it has a price");
        (seconds.low, seconds.high) = (None, None);
        let compared = beside(&here, &list(&[("a", 1.0, 0.1)]));
        assert_eq!(compared[0].here, Here::CannotTell);
    }
}
