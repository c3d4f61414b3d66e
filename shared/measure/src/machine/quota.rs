//! The CPU quota of the control group, as the fraction that it is.

/// CPUs that the control group and its parents allow, `None` without a limit.
#[cfg(target_os = "linux")]
pub(super) fn cpus() -> Option<f64> {
    let groups = std::fs::read_to_string("/proc/self/cgroup").ok()?;
    groups.lines().filter_map(|line| line.splitn(3, ':').collect::<Vec<_>>().try_into().ok()).fold(
        None,
        |least: Option<f64>, [_, controllers, path]: [&str; 3]| {
            let quota = if controllers.is_empty() {
                least_upwards("/sys/fs/cgroup", path, version_2)
            } else if controllers.split(',').any(|name| name == "cpu") {
                least_upwards("/sys/fs/cgroup/cpu", path, version_1)
            } else {
                None
            };
            least.into_iter().chain(quota).reduce(f64::min)
        },
    )
}

#[cfg(not(target_os = "linux"))]
pub(super) fn cpus() -> Option<f64> {
    None
}

/// The smallest quota from the group at `path` up to the root of the hierarchy.
#[cfg(target_os = "linux")]
fn least_upwards(root: &str, path: &str, read: fn(&str) -> Option<f64>) -> Option<f64> {
    let ancestors = std::path::Path::new(path.trim_start_matches('/')).ancestors();
    let folders = ancestors.map(|group| format!("{root}/{}", group.display()));
    folders.filter_map(|folder| read(folder.trim_end_matches('/'))).reduce(f64::min)
}

/// `cpu.max` holds `quota period` or `max period`, in microseconds.
#[cfg(target_os = "linux")]
fn version_2(folder: &str) -> Option<f64> {
    parse_cpu_max(&std::fs::read_to_string(format!("{folder}/cpu.max")).ok()?)
}

/// Two files, one number each; -1 means no limit.
#[cfg(target_os = "linux")]
fn version_1(folder: &str) -> Option<f64> {
    let number = |file: &str| -> Option<f64> {
        std::fs::read_to_string(format!("{folder}/{file}")).ok()?.trim().parse().ok()
    };
    fraction(number("cpu.cfs_quota_us")?, number("cpu.cfs_period_us")?)
}

#[cfg(any(target_os = "linux", test))]
fn parse_cpu_max(text: &str) -> Option<f64> {
    let mut words = text.split_whitespace();
    fraction(words.next()?.parse().ok()?, words.next()?.parse().ok()?)
}

#[cfg(any(target_os = "linux", test))]
fn fraction(quota: f64, period: f64) -> Option<f64> {
    (quota > 0.0 && period > 0.0).then_some(quota / period)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_is_a_fraction_and_max_is_none() {
        assert_eq!(parse_cpu_max("150000 100000\n"), Some(1.5));
        assert_eq!(parse_cpu_max("max 100000\n"), None);
        assert_eq!(parse_cpu_max("-1 100000\n"), None);
        assert_eq!(parse_cpu_max(""), None);
    }
}
