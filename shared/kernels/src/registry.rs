use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer};

use crate::{Ceiling, Error, KernelName, Known};

/// What a kernel says of itself, as data.
#[derive(Debug, Clone, Copy)]
pub struct Description {
    /// Its name.
    pub name: KernelName,
    /// One line about it, for `--list`.
    pub about: &'static str,
    /// What is summed, for a number of terms: `the sum of 0..1,000`.
    pub title: fn(u64) -> String,
    /// What bounds it, where something does.
    pub ceiling: Option<Ceiling>,
    /// Whether all terms cost about the same.
    pub even: bool,
    /// Whether partials join in the order of their terms only.
    pub ordered: bool,
    /// Refuses a number of terms whose sum may not fit.
    pub check_terms: fn(u64) -> Result<(), Error>,
    /// The number of terms when none is asked for.
    pub default_terms: u64,
    /// The bytes that one term is read from.
    pub bytes_per_term: u64,
}

impl Description {
    /// The description of kernel `K`.
    pub const fn of<K: Known>() -> Self {
        Description {
            name: K::NAME,
            about: K::ABOUT,
            title: K::title,
            ceiling: K::CEILING,
            even: K::EVEN,
            ordered: K::ORDERED,
            check_terms: K::check_terms,
            default_terms: K::DEFAULT_TERMS,
            bytes_per_term: K::BYTES_PER_TERM,
        }
    }
}

/// Generic code to be run for a kernel of which only the name is known.
pub trait Visitor {
    /// What the code returns.
    type Output;

    /// The code, for kernel `K`.
    fn visit<K: Known>(self) -> Self::Output;
}

/// Declares the kernels, in reading order, and turns their names into types: the only place where that
/// happens.
macro_rules! registry {
    ($($module:ident: $kernel:ident),+ $(,)?) => {
        $(
            mod $module;
            pub use $module::$kernel;
        )+

        impl KernelName {
            /// All kernels, in reading order.
            pub const ALL: &'static [KernelName] = &[$(<$kernel as Known>::NAME),+];

            /// Those that come with this workspace: all but the reader's own, which is the last.
            pub const BUILT_IN: &'static [KernelName] = match KernelName::ALL.split_last() {
                Some((_, built_in)) => built_in,
                None => &[],
            };

            /// What the kernel says of itself.
            ///
            /// # Panics
            ///
            /// For a name that is not in the registry.
            pub fn description(self) -> Description {
                let all = [$(Description::of::<$kernel>()),+];
                all.into_iter().find(|kernel| kernel.name == self).expect("a name of the registry")
            }

            /// Runs `visitor` for the kernel of this name.
            ///
            /// # Panics
            ///
            /// For a name that is not in the registry.
            pub fn visit<V: Visitor>(self, visitor: V) -> V::Output {
                $(
                    if self == <$kernel as Known>::NAME {
                        return visitor.visit::<$kernel>();
                    }
                )+
                unreachable!("{self} is not in the registry")
            }
        }
    };
}

impl FromStr for KernelName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = KernelName::ALL.iter().find(|name| name.as_str() == text);
        found.copied().ok_or_else(|| {
            let names: Vec<&str> = KernelName::ALL.iter().map(|name| name.as_str()).collect();
            let (last, others) = names.split_last().expect("there are kernels");
            format!("the kernels are {} and {last}; for example: -k pi", others.join(", "))
        })
    }
}

impl<'de> Deserialize<'de> for KernelName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
