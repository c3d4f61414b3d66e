use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use course::read_text;
use measure::Error;

use crate::break_even::BreakEvenOptions;
use crate::price::PriceOptions;
use crate::races::Races;
use crate::session::{Asked, Session};
use crate::{Shader, costs, your_turn};

/// The options of all lessons; which device, and what else it can be asked; and what the rows share.
#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Options {
    #[command(flatten)]
    common: course::Options,

    #[command(flatten)]
    pub(crate) device: DeviceOptions,

    /// How many workgroups the rows that loop have [default: 2048, or 64 on a software device]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=65_535))]
    workgroups: Option<u32>,

    /// Take the row your-turn from this file, in the place of the lesson's own
    #[arg(long, value_name = "FILE")]
    your_turn: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// What all clones share.
    #[arg(skip)]
    pub(crate) session: Arc<Session>,
}

/// Which device.
#[derive(Debug, Clone, Default, Args)]
pub struct DeviceOptions {
    /// The device whose name has this in it [default: the likely fastest]
    #[arg(long, value_name = "NAME")]
    pub(crate) device: Option<String>,

    /// Show the devices and what they offer, and end
    #[arg(long)]
    pub(crate) list_devices: bool,
}

/// What else the device can be asked.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Command {
    /// From how many terms on is the device quicker than the cores?
    BreakEven(BreakEvenOptions),
    /// What does a dispatch cost?
    Price(PriceOptions),
    Races(Races),
}

impl AsRef<course::Options> for Options {
    fn as_ref(&self) -> &course::Options {
        &self.common
    }
}

impl Options {
    /// Leaves a part of the budget to what stands below the table.
    pub(crate) fn set_budget_of_table(&mut self) {
        let timing = &mut self.common.timing;
        timing.budget = timing.budget.mul_f64(costs::TABLE);
    }

    /// Tells the session what was asked.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] where the file of `--your-turn` cannot be read, [`Error::Usage`] where no device has the name of
    /// `--device`.
    pub fn ask(&self) -> Result<(), Error> {
        self.session.ask(Asked {
            device: self.device.device.clone(),
            workgroups: self.workgroups,
            your_turn: self.your_turn.as_deref().map(shader_of).transpose()?,
            flags: None,
        });
        // A name that no device has is no row's fault.
        match self.device.device.as_ref().map(|_| self.session.device()) {
            Some(Err(error @ Error::Usage(_))) => Err(error),
            _ => Ok(()),
        }
    }
}

/// No shader of this lesson has a tenth of it, and the compiler goes down its stack with every few letters of some.
const MOST_BYTES: usize = 32 << 10;

/// The lesson's own shader, with the text of this file.
fn shader_of(file: &Path) -> Result<Shader, Error> {
    const REMEDY: &str = "name a file with a shader, as lessons/gpu/src/your_turn.wgsl is";
    let text = read_text(file, REMEDY)?;
    if text.len() > MOST_BYTES {
        let cause = format!("it has more than {} KiB", MOST_BYTES >> 10);
        return Err(Error::Input { path: file.to_owned(), cause, remedy: REMEDY });
    }
    Ok(Shader { file: file.display().to_string().into(), wgsl: text.into(), ..your_turn() })
}
