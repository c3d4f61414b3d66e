use std::collections::BTreeMap;
use std::fmt;

/// Why something is not counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(not(test), expect(dead_code, reason = "no system gives all of these answers"))]
pub(super) enum Missing {
    /// Programs get none here.
    NotOnThisSystem,
    /// There is no such counter; on what says that it is a virtual machine, or elsewhere.
    NoneHere { virtual_machine: bool },
    /// Not for this user.
    NotAllowed,
    /// Not in this container, or by another rule of its kind.
    Forbidden,
    /// The kernel was built without them.
    NotBuilt,
    /// It was never on the processor.
    NeverCounted,
    /// Threads worked that were there before the counters.
    Elsewhere,
    /// What the system answers, in its own words.
    Other(String),
}

impl Missing {
    /// A virtual machine that passes on `some` counters does not lack the others because it is one.
    pub(super) fn beside_others(&self, some: bool) -> &Missing {
        match self {
            Missing::NoneHere { .. } if some => &Missing::NoneHere { virtual_machine: false },
            other => other,
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Missing::NotOnThisSystem => "only Linux gives them to a program",
            Missing::NoneHere { virtual_machine: true } => {
                "this virtual machine passes no counters on; run it on the bare machine"
            }
            Missing::NoneHere { virtual_machine: false } => {
                "this machine has no such counters, or passes none on"
            }
            // 2 lets a user count what happens in their own programs, in user space: no less is needed.
            Missing::NotAllowed => {
                "the system refuses them; until its next start, sudo sysctl kernel.perf_event_paranoid=2 \
                 allows them"
            }
            Missing::Forbidden => {
                "the container, or another rule of this system, forbids them; run it outside, or start the \
                 container with --cap-add=PERFMON"
            }
            Missing::NotBuilt => "this kernel was built without them (CONFIG_PERF_EVENTS)",
            Missing::NeverCounted => {
                "the processor never counted them: another program had its counters, or this kind of core \
                 has none"
            }
            Missing::Elsewhere => {
                "threads worked that had been there before the counters, which do not see them"
            }
            Missing::Other(answer) => return write!(f, "the system refuses them: {answer}"),
        })
    }
}

/// Each reason for which something is not counted, after the names of what it is true of, unless that is all there is:
/// `not counted` can stand before it.
pub(super) fn reasons<'n>(of: impl Iterator<Item = (&'n str, Option<String>)>) -> Option<String> {
    let (mut by_reason, mut all) = (BTreeMap::<String, Vec<&str>>::new(), 0);
    for (name, reason) in of {
        all += 1;
        reason.into_iter().for_each(|reason| by_reason.entry(reason).or_default().push(name));
    }
    let reasons = by_reason.into_iter().map(|(reason, mut names)| {
        let is_all = names.len() == all;
        names.dedup();
        if is_all { reason } else { format!("{} ({reason})", names.join(", ")) }
    });
    let reasons: Vec<String> = reasons.collect();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each says why, and what can be done where something can.
    #[test]
    fn each_reason_is_told_with_its_remedy() {
        let cases = [
            (Missing::NotOnThisSystem, "only Linux"),
            (Missing::NoneHere { virtual_machine: true }, "this virtual machine passes no"),
            (Missing::NoneHere { virtual_machine: false }, "this machine has no such"),
            (Missing::NotAllowed, "sudo sysctl kernel.perf_event_paranoid=2"),
            (Missing::Forbidden, "--cap-add=PERFMON"),
            (Missing::NotBuilt, "CONFIG_PERF_EVENTS"),
            (Missing::NeverCounted, "another program had its counters"),
            (Missing::Elsewhere, "had been there before the counters"),
            (Missing::Other("Too many open files".to_owned()), "refuses them: Too many open files"),
        ];
        for (missing, words) in cases {
            let said = missing.to_string();
            assert!(said.contains(words), "{said}");
        }
    }

    #[test]
    fn a_virtual_machine_that_passes_some_on_is_not_blamed() {
        let none = Missing::NoneHere { virtual_machine: true };
        assert_eq!(none.beside_others(true), &Missing::NoneHere { virtual_machine: false });
        assert_eq!(none.beside_others(false), &none);
        assert_eq!(Missing::NotAllowed.beside_others(true), &Missing::NotAllowed);
    }

    #[test]
    fn what_is_missing_alone_is_named() {
        let of = |cycles: Option<&str>, misses: Option<&str>| {
            let both = [("cycles", cycles), ("misses", misses)];
            reasons(both.into_iter().map(|(name, reason)| (name, reason.map(str::to_owned))))
        };
        assert_eq!(
            of(Some("there is none"), Some("there is none")).as_deref(),
            Some("there is none")
        );
        assert_eq!(of(None, Some("there is none")).as_deref(), Some("misses (there is none)"));
        let two = of(Some("taken"), Some("there is none"));
        assert_eq!(two.as_deref(), Some("cycles (taken); misses (there is none)"));
        assert_eq!(of(None, None), None);
    }
}
