//! A machine in a small file, so that a class can ask: and on the cluster node?

mod line;

use std::path::Path;

use line::Line;
use measure::Error;
use serde::Serialize;
use units::count;

use crate::probes::Prices;
use crate::simulator::{Costs, Plan};

/// A machine as a file describes it. What the file does not say is as on this machine.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Description {
    /// What it is called.
    pub(crate) name: String,
    /// How many cores it has.
    pub(crate) cores: usize,
    /// How fast a core is, where 1 is a core of this machine.
    pub(crate) speed: f64,
    /// How many of its cores its memory feeds, for a kernel that reads memory; `None`: not said.
    pub(crate) memory_feeds: Option<f64>,
    /// Into how many nodes it is divided (NUMA).
    pub(crate) nodes: usize,
    /// How many times as long it takes to read another node's memory.
    pub(crate) distance: f64,
    /// What sharing costs, as far as the file says.
    #[serde(skip)]
    prices: Vec<(&'static str, f64)>,
}

/// Where a price belongs.
type Place = fn(&mut Costs) -> &mut f64;

/// The keys of a file that are times, and where they belong.
const PRICES: [(&str, Place); 10] = [
    ("thread-start", |costs| &mut costs.start),
    ("thread-begin", |costs| &mut costs.begin),
    ("thread-join", |costs| &mut costs.join),
    ("take", |costs| &mut costs.take),
    ("send", |costs| &mut costs.send),
    ("receive", |costs| &mut costs.receive),
    ("split", |costs| &mut costs.split),
    ("look", |costs| &mut costs.look),
    ("steal", |costs| &mut costs.steal),
    ("wake-up", |costs| &mut costs.wake),
];

const REMEDY: &str = "each line is `key = value`, for example `cores = 64` or `steal = 200 ns`";

impl Description {
    /// A machine with so many cores like those of this one.
    pub(crate) fn with_cores(cores: usize) -> Self {
        Description {
            name: format!("{} like these", count(cores as u64, "core")),
            cores,
            speed: 1.0,
            memory_feeds: None,
            nodes: 1,
            distance: 1.0,
            prices: Vec::new(),
        }
    }

    /// Reads the file at `path`.
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let text = course::read_text(
            path,
            "give --machine a file that describes one; lessons/limits/machines has some",
        )?;
        Description::parse(&text).map_err(|(line, cause)| Error::Data {
            path: path.to_owned(),
            line,
            cause,
            remedy: REMEDY,
        })
    }

    /// Reads a description; an error has the number of its line, if it is about one.
    fn parse(text: &str) -> Result<Self, (Option<u64>, String)> {
        let mut machine = Description::with_cores(0);
        let mut seen: Vec<&str> = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let at = |cause: String| (Some(number), cause);
            let Some(line) = Line::parse(line).map_err(at)? else { continue };
            if seen.contains(&line.key) {
                return Err(at(format!("`{}` is there for the second time", line.key)));
            }
            seen.push(line.key);
            machine.take(&line).map_err(at)?;
        }
        if machine.cores == 0 {
            return Err((None, "it does not say how many cores the machine has".to_owned()));
        }
        if machine.nodes > machine.cores {
            return Err((None, format!("{} nodes need as many cores", machine.nodes)));
        }
        if !seen.contains(&"name") {
            machine.name = count(machine.cores as u64, "core");
        }
        Ok(machine)
    }

    fn take(&mut self, line: &Line<'_>) -> Result<(), String> {
        match line.key {
            "name" => self.name = line.text()?,
            "cores" => self.cores = line.count(Plan::MOST_WORKERS)?,
            "nodes" => self.nodes = line.count(Plan::MOST_WORKERS)?,
            "speed" => self.speed = line.number(0.001..=1000.0)?,
            "memory-feeds" => self.memory_feeds = Some(line.number(0.1..=1e6)?),
            "distance" => self.distance = line.number(1.0..=1000.0)?,
            key => {
                let known = PRICES.iter().find(|(name, _)| *name == key);
                let Some((name, _)) = known else { return Err(unknown(key)) };
                self.prices.push((name, line.time()?));
            }
        }
        Ok(())
    }

    /// What sharing costs there: as the file says, and otherwise as `here` was measured, which is only
    /// called if it is needed. And whether the price of a number from the counter is only that of one core alone.
    pub(crate) fn costs(
        &self,
        here: impl FnOnce() -> Result<Prices, Error>,
    ) -> Result<(Costs, bool), Error> {
        let says_all = self.prices.len() == PRICES.len();
        let here = if says_all { None } else { Some(here()?) };
        let says_take = self.prices.iter().any(|(name, _)| *name == "take");
        let alone = here.is_some_and(|here| here.add_contended.is_none() && !says_take);
        let mut costs = here.map_or_else(Costs::default, |here| here.costs());
        for (name, seconds) in &self.prices {
            let place = PRICES.iter().find(|(key, _)| key == name);
            *place.expect("only known keys are kept").1(&mut costs) = *seconds;
        }
        Ok((costs, alone))
    }

    /// The file that describes a machine of so many cores with these costs.
    pub(crate) fn written(cores: usize, mut costs: Costs) -> String {
        let mut text = format!("name = this machine\ncores = {cores}\n");
        for (name, place) in PRICES {
            text += &format!("{name} = {:.1} ns\n", *place(&mut costs) * 1e9);
        }
        text
    }
}

fn unknown(key: &str) -> String {
    let others = ["name", "cores", "nodes", "speed", "memory-feeds", "distance"];
    let all: Vec<&str> = others.into_iter().chain(PRICES.map(|(name, _)| name)).collect();
    format!("`{key}` is no key; the keys are {}", all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_read() {
        let text = "# a node\nname = two sockets  # of 32\n\ncores = 64\nnodes=2\ndistance = 1.6\n\
                    speed = 0.8\nmemory-feeds = 12\nsteal = 1.5 us\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let machine = Description::parse(&text).expect("a good description");
            let counts = (machine.name.as_str(), machine.cores, machine.nodes);
            assert_eq!(counts, ("two sockets", 64, 2));
            assert_eq!((machine.speed, machine.memory_feeds), (0.8, Some(12.0)));
            assert_eq!(machine.prices, [("steal", 1.5e-6)]);
        }
    }

    #[test]
    fn what_was_written_is_read_again_and_needs_no_measuring() {
        let costs = Costs { start: 1e-5, steal: 2e-7, ..Costs::default() };
        let machine =
            Description::parse(&Description::written(8, costs)).expect("a good description");
        let (read, alone) = machine
            .costs(|| unreachable!("the file says everything"))
            .expect("nothing is measured");
        assert!(!alone, "the file says what a number from the counter costs");
        assert!((read.start - 1e-5).abs() < 1e-12 && (read.steal - 2e-7).abs() < 1e-12);
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        let cases = [
            ("cores = 4\nspeed", Some(2), "has no `=`"),
            ("cores = 4\n\nsteel = 3 ns", Some(3), "the keys are name, cores"),
            ("cores = many", Some(1), "a whole number from 1 to 4096"),
            ("cores = 0", Some(1), "a whole number from 1 to 4096"),
            ("cores = 4\ncores = 5", Some(2), "second time"),
            ("cores = 4\nsteal = 3", Some(2), "with its unit"),
            ("cores = 4\nsteal = -3 ns", Some(2), "with its unit"),
            ("cores = 4\nsteal = 3 weeks", Some(2), "with its unit"),
            ("cores = 4\nspeed = nan", Some(2), "from 0.001 to 1000"),
            ("cores = 4\nname =", Some(2), "has no value"),
            ("= 4", Some(1), "has no key"),
            ("name = x", None, "does not say how many cores"),
            ("cores = 2\nnodes = 3", None, "3 nodes need as many cores"),
        ];
        for (text, line, expected) in cases {
            let (number, cause) = Description::parse(text).expect_err(text);
            assert_eq!(number, line, "{text}: {cause}");
            assert!(cause.contains(expected), "{text}: {cause}");
        }
    }
}
