/// Whether a machine with these supplies of power, each with its type and whether it is online, runs on its battery:
/// it has one, and nothing else gives power.
pub fn is_on_battery(supplies: impl Iterator<Item = (String, String)>) -> Option<bool> {
    let (mut has_battery, mut is_plugged_in) = (false, false);
    for (kind, online) in supplies {
        has_battery |= kind.trim() == "Battery";
        is_plugged_in |= kind.trim() != "Battery" && online.trim() == "1";
    }
    has_battery.then_some(!is_plugged_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of Linux's documentation of `/sys/class/power_supply`: `Battery`, `Mains`, `USB`.
    #[test]
    fn a_battery_counts_only_where_nothing_is_plugged_in() {
        let on_battery = |supplies: &[(&str, &str)]| {
            is_on_battery(
                supplies.iter().map(|(kind, online)| (format!("{kind}\n"), (*online).into())),
            )
        };
        assert_eq!(on_battery(&[]), None);
        assert_eq!(on_battery(&[("Mains", "1\n")]), None);
        assert_eq!(on_battery(&[("Battery", ""), ("Mains", "1\n"), ("USB", "0")]), Some(false));
        assert_eq!(on_battery(&[("Battery", ""), ("Mains", "0\n")]), Some(true));
    }
}
