//! The numbers behind a speedup.

use measure::Interval;

use super::View;
use crate::chart::Table;
use crate::chart::words::sound;
use crate::figures;
use crate::results::Measured;
use crate::text::short;

impl View<'_> {
    pub(super) fn table(
        &self,
        what: &str,
        unit: &str,
        quantity: impl Fn(&Measured) -> Option<Interval>,
    ) -> Table {
        let heads = [format!("{what} ({unit})"), format!("low ({unit})"), format!("high ({unit})")];
        let [value, low, high] = &heads;
        let columns = ["strategy", "workers", value, low, high, "time (ms)", "cores given"];
        let number = |value: Option<f64>| value.map(units::three_digits).unwrap_or_default();
        let rows = self.curves.points().filter_map(|measured| {
            let value = sound(quantity(measured))?;
            Some(vec![
                short(&measured.strategy),
                measured.workers.to_string(),
                ratio_digits(value.median),
                value.low.map(ratio_digits).unwrap_or_default(),
                value.high.map(ratio_digits).unwrap_or_default(),
                number(sound(figures::time(self.results, measured)).map(|time| time.median * 1e3)),
                number(sound(measured.cores_given()).map(|cores| cores.median)),
            ])
        });
        Table::new(&columns, rows)
    }
}

/// Three digits, also of a ratio far below one.
fn ratio_digits(ratio: f64) -> String {
    if ratio < 0.001 { format!("{ratio:.1e}") } else { units::three_digits(ratio) }
}
