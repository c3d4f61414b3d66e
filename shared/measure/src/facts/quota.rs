//! The CPU quota of the control group, as the fraction that it is.

use std::path::Path;

use super::Read;

/// What a control group allows, or a job of Windows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quota {
    /// CPU seconds a second.
    pub cpus: f64,
    /// Whether it is that of a group above this program's own.
    pub of_parent: bool,
}

/// The least that the control group and its parents allow, `None` without a limit.
pub(super) fn quota(read: &Read<'_>) -> Option<Quota> {
    let (groups, mounts) = (read("proc/self/cgroup")?, read("proc/self/mountinfo")?);
    let mounts: Vec<Mount> = mounts.lines().filter_map(Mount::of_line).collect();
    let groups = groups.lines().filter_map(|line| {
        let mut parts = line.splitn(3, ':').skip(1);
        Some((parts.next()?, parts.next()?))
    });
    let in_groups = groups.flat_map(|(controllers, path)| {
        let is_its = |mount: &&Mount| match mount.version {
            Version::Two => controllers.is_empty(),
            Version::One => controllers.split(',').any(|name| name == "cpu"),
        };
        mounts.iter().filter(is_its).filter_map(|mount| mount.least(read, path)).collect::<Vec<_>>()
    });
    in_groups.reduce(|one, other| if other.cpus < one.cpus { other } else { one })
}

impl Quota {
    /// What a job of Windows allows: with a hard cap, `rate` hundredths of a percent of all `threads` hardware
    /// threads together (`JOBOBJECT_CPU_RATE_CONTROL_INFORMATION`).
    pub fn of_job(hard_cap: bool, rate: u32, threads: usize) -> Option<Self> {
        let cpus = f64::from(rate) / 10_000.0 * threads as f64;
        (hard_cap && cpus > 0.0).then_some(Quota { cpus, of_parent: false })
    }
}

/// A hierarchy of groups that limits CPUs, and where it is: also together with other controllers, as
/// `cpu,cpuacct`, and also only in part, as in a container.
#[derive(Debug)]
struct Mount {
    version: Version,
    /// The group that is at `place`.
    top: String,
    place: String,
}

#[derive(Debug, Clone, Copy)]
enum Version {
    One,
    Two,
}

impl Mount {
    /// Out of a line of `mountinfo`: the fourth word is the top, the fifth the place; after a lone hyphen come
    /// the type, the source, and the options with the controllers.
    fn of_line(line: &str) -> Option<Self> {
        let (mount, system) = line.split_once(" - ")?;
        let mut words = mount.split(' ').skip(3);
        let (top, place) = (unescaped(words.next()?), unescaped(words.next()?));
        let mut words = system.split(' ');
        let version = match (words.next()?, words.nth(1)) {
            ("cgroup2", _) => Version::Two,
            ("cgroup", Some(options)) if options.split(',').any(|option| option == "cpu") => {
                Version::One
            }
            _ => return None,
        };
        Some(Mount { version, top, place })
    }

    /// The smallest quota from the group at `path` up to the top of what is mounted.
    fn least(&self, read: &Read<'_>, path: &str) -> Option<Quota> {
        let top = self.top.trim_end_matches('/');
        // A group outside of what is mounted: all that can be seen is the top.
        let inner = path.strip_prefix(top).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let inner = Path::new(inner.unwrap_or_default().trim_start_matches('/'));
        let place = self.place.trim_matches('/');
        let quotas = inner.ancestors().enumerate().filter_map(|(above, group)| {
            let folder = [place, group.to_str()?].join("/");
            let cpus = self.version.read(read, folder.trim_matches('/'))?;
            Some(Quota { cpus, of_parent: above > 0 })
        });
        quotas.reduce(|one, other| if other.cpus < one.cpus { other } else { one })
    }
}

impl Version {
    /// Version 2 has one file with `quota period` or `max period`, in microseconds; version 1 two files with
    /// a number each, and -1 means no limit.
    fn read(self, read: &Read<'_>, group: &str) -> Option<f64> {
        let read = |file: &str| read(&format!("{group}/{file}"));
        match self {
            Version::Two => fraction(&read("cpu.max")?),
            Version::One => {
                fraction(&format!("{} {}", read("cpu.cfs_quota_us")?, read("cpu.cfs_period_us")?))
            }
        }
    }
}

/// What a path of `mountinfo` means: a space is `\040`, and so on.
fn unescaped(path: &str) -> String {
    let known = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")];
    known.iter().fold(path.to_owned(), |path, (code, letter)| path.replace(code, letter))
}

/// `quota period` as a fraction, where it is a limit.
fn fraction(text: &str) -> Option<f64> {
    let mut words = text.split_whitespace().map(|word| word.parse::<f64>().ok());
    let (quota, period) = (words.next()??, words.next()??);
    (quota > 0.0 && period > 0.0).then_some(quota / period)
}

/// What a quota means for `usable` cores, as the standard library counts them, and `num_cpus`: whether it is
/// the limit at all, and who rounds it. Ends as part of a sentence.
pub fn quota_in_words(quota: f64, usable: usize, num_cpus: usize) -> String {
    let cpus = format!("a quota of {quota:.2} CPUs");
    let counts = [(usable, "the standard library"), (num_cpus, "num_cpus")];
    let unseen = |(count, who): (usize, &str)| format!("{who} does not see it, and says {count}");
    if quota < 1.0 {
        let said = counts.into_iter().filter(|(count, _)| *count > 1).map(unseen);
        let stops = "less than one core, so that even one worker is stopped in between".to_owned();
        let said: Vec<String> = [stops].into_iter().chain(said).collect();
        return format!("{cpus}: {}", said.join("; "));
    }
    if counts.iter().all(|(count, _)| (*count as f64) < quota) {
        return format!(
            "{cpus} is not the limit: this program may use no more than {} of the cores anyway",
            usable.max(num_cpus)
        );
    }
    let said = counts.map(|(count, who)| match count as f64 {
        same if same == quota => format!("{who} counts it in"),
        down if down == quota.floor() => format!("{who} rounds it down to {count}"),
        up if up == quota.ceil() => format!("{who} rounds it up to {count}"),
        more if more > quota => unseen((count, who)),
        _ => format!("{who} says {count}"),
    });
    format!("{cpus}: {}", said.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::recorded;

    fn quota_of(files: &[(&str, &str)]) -> Option<Quota> {
        quota(&recorded::files(files))
    }

    const UNIFIED: (&str, &str) = (
        "proc/self/mountinfo",
        "31 23 0:28 / /sys/fs/cgroup rw,nosuid,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate\n",
    );

    #[test]
    fn the_least_of_a_group_and_its_parents_counts() {
        let group = ("proc/self/cgroup", "0::/user.slice/run-1.scope\n");
        let own = "sys/fs/cgroup/user.slice/run-1.scope/cpu.max";
        let parent = "sys/fs/cgroup/user.slice/cpu.max";
        let seen = |own_says, parent_says| {
            quota_of(&[UNIFIED, group, (own, own_says), (parent, parent_says)])
        };
        let quota = |cpus, of_parent| Some(Quota { cpus, of_parent });
        assert_eq!(seen("150000 100000\n", "max 100000\n"), quota(1.5, false));
        assert_eq!(seen("max 100000\n", "50000 100000\n"), quota(0.5, true));
        assert_eq!(seen("150000 100000\n", "50000 100000\n"), quota(0.5, true));
        assert_eq!(seen("150000 100000\n", "800000 100000\n"), quota(1.5, false));
        assert_eq!(seen("max 100000\n", "max 100000\n"), None);
        assert_eq!(seen("", "nonsense"), None);
        assert_eq!(quota_of(&[]), None);
    }

    #[test]
    fn a_hierarchy_of_two_controllers_is_found_where_it_is_mounted() {
        let mounts = "\
            30 25 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n\
            31 25 0:27 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n\
            32 25 0:28 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n";
        let seen = quota_of(&[
            ("proc/self/mountinfo", mounts),
            ("proc/self/cgroup", "5:cpuset:/a\n4:cpu,cpuacct:/a\n3:memory:/a\n0::/a\n"),
            ("sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_quota_us", "-1\n"),
            ("sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_period_us", "100000\n"),
            ("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "160000\n"),
            ("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n"),
        ]);
        assert_eq!(seen, Some(Quota { cpus: 1.6, of_parent: true }));
    }

    /// In a container the top of what is mounted is the container's own group, by whatever name.
    #[test]
    fn a_hierarchy_that_is_mounted_in_part_begins_at_its_top() {
        for (top, group) in
            [("/docker/1a2b", "/docker/1a2b"), ("/../..", "/"), ("/a\\040b", "/a b")]
        {
            let mounts = format!("9 8 0:28 {top} /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu\n");
            let seen = quota_of(&[
                ("proc/self/mountinfo", &mounts),
                ("proc/self/cgroup", &format!("4:cpu:{group}\n")),
                ("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "25000\n"),
                ("sys/fs/cgroup/cpu/cpu.cfs_period_us", "50000\n"),
            ]);
            assert_eq!(seen, Some(Quota { cpus: 0.5, of_parent: false }), "{top}");
        }
    }

    /// Lines that containers have said, of version 1 in Kubernetes and of version 2 in Docker. The group of version 1
    /// has the files under the top of the mount, and not under its own name.
    ///
    /// Sources: github.com/moby/moby/issues/34584 (version 1), github.com/elastic/apm-agent-java/pull/2352 (the mount of
    /// version 2), github.com/opencontainers/runc/issues/2243 (`--cpus 0.42`). The quota of version 1 is made up.
    #[test]
    fn recorded_containers_are_read() {
        let pod = "/kubepods/besteffort/pod9a18ffb8-8513-11e7-b26e-7e29fbe2a5a3/\
             d28e0087cf8f3f0429f755d60b0de415b20fcf76736ded7bab6e30e7b739ee36";
        let mount = format!(
            "396 394 0:21 {pod} /sys/fs/cgroup/cpu ro,nosuid,nodev,noexec,relatime - cgroup cgroup rw,cpu\n"
        );
        let one = quota_of(&[
            ("proc/self/mountinfo", &mount),
            ("proc/self/cgroup", &format!("2:cpu:{pod}\n")),
            ("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "250000\n"),
            ("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n"),
        ]);
        assert_eq!(one, Some(Quota { cpus: 2.5, of_parent: false }));
        let mounts = "\
            477 473 0:147 / /sys ro,nosuid,nodev,noexec,relatime - sysfs sysfs ro\n\
            486 477 0:30 / /sys/fs/cgroup ro,nosuid,nodev,noexec,relatime - cgroup2 cgroup rw\n";
        let two = |said| {
            quota_of(&[
                ("proc/self/mountinfo", mounts),
                ("proc/self/cgroup", "0::/\n"),
                ("sys/fs/cgroup/cpu.max", said),
            ])
        };
        assert_eq!(two("42000 100000\n"), Some(Quota { cpus: 0.42, of_parent: false }));
        assert_eq!(two("max 100000\n"), None);
    }

    #[test]
    fn a_job_with_a_hard_cap_has_a_quota_of_all_threads() {
        let quota = |cpus| Some(Quota { cpus, of_parent: false });
        assert_eq!(Quota::of_job(true, 2500, 8), quota(2.0));
        assert_eq!(Quota::of_job(true, 0, 8), None);
        assert_eq!(Quota::of_job(false, 2500, 8), None, "a weight is no limit");
    }

    #[test]
    fn only_a_number_that_decides_is_rounded() {
        for (quota, usable, num_cpus, said) in [
            (8.0, 2, 2, "8.00 CPUs is not the limit: this program may use no more than 2 of"),
            (2.5, 2, 2, "2.50 CPUs is not the limit"),
            (0.5, 1, 1, "0.50 CPUs: less than one core"),
            (0.5, 1, 2, "one worker is stopped in between; num_cpus does not see it, and says 2"),
            (1.5, 1, 2, "the standard library rounds it down to 1, num_cpus rounds it up to 2"),
            (2.0, 2, 2, "2.00 CPUs: the standard library counts it in, num_cpus counts it in"),
            (1.5, 1, 8, "rounds it down to 1, num_cpus does not see it, and says 8"),
            (
                1.5,
                8,
                2,
                "the standard library does not see it, and says 8, num_cpus rounds it up to 2",
            ),
        ] {
            let text = quota_in_words(quota, usable, num_cpus);
            assert!(text.contains(said), "{quota} {usable} {num_cpus}: {text}");
        }
    }
}
