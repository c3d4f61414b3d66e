use std::sync::Arc;

use kernels::{KernelName, Workers};
use measure::{Cancellation, Error};
use serde::de::DeserializeOwned;

use super::{Teams, locked};
use crate::costs::Costs;
use crate::messages::{Answer, Order};

/// So many ranks, on behalf of one run, at whose time limit they are cancelled.
#[derive(Debug, Clone)]
pub struct Ranks {
    teams: Arc<Teams>,
    count: Workers,
    cancellation: Cancellation,
}

impl Ranks {
    /// `count` ranks of `teams`, which `cancellation` ends while they are busy.
    pub fn new(teams: &Arc<Teams>, count: Workers, cancellation: &Cancellation) -> Self {
        Ranks { teams: Arc::clone(teams), count, cancellation: cancellation.clone() }
    }

    /// Starts them, unless they have been started.
    ///
    /// # Errors
    ///
    /// Where that can't be done.
    pub fn start(&self) -> Result<(), Error> {
        self.teams.team(self.count, &self.cancellation).map(drop)
    }

    /// The process of each rank.
    ///
    /// # Errors
    ///
    /// Where they can't be started.
    pub fn processes(&self) -> Result<Vec<u32>, Error> {
        let team = self.teams.team(self.count, &self.cancellation)?;
        let processes = locked(&team).hello.processes.clone();
        Ok(processes)
    }

    /// The hosts on which they run, each once.
    ///
    /// # Errors
    ///
    /// Where they can't be started.
    pub fn hosts(&self) -> Result<Vec<String>, Error> {
        let team = self.teams.team(self.count, &self.cancellation)?;
        let mut hosts = locked(&team).hello.hosts.clone();
        hosts.sort();
        hosts.dedup();
        Ok(hosts)
    }

    /// The answer to an order. A team that fails is not asked again.
    ///
    /// # Errors
    ///
    /// Where the ranks can't be started, or one fails.
    pub fn ask<A: DeserializeOwned>(&self, order: &Order) -> Result<A, Error> {
        let team = self.teams.team(self.count, &self.cancellation)?;
        let answer = locked(&team).ask(order, &self.cancellation);
        if answer.is_err() {
            self.teams.drop_team(team);
        }
        answer
    }

    /// Median seconds over `times` runs on the first `terms` of the kernel's `of` terms.
    ///
    /// # Errors
    ///
    /// Where the ranks can't be started, one fails, or one of the sums is not `exact`.
    pub fn seconds(
        &self,
        name: &str,
        kernel: KernelName,
        (terms, of, exact): (u64, u64, u64),
        times: u32,
    ) -> Result<f64, Error> {
        let strategy = name.to_owned();
        let order = Order::Sum { strategy, kernel, of, lo: 0, hi: terms, times, notes: false };
        let answer: Answer = self.ask(&order)?;
        if let Some(wrong) = answer.sums.iter().find(|sum| **sum != exact) {
            return Err(Error::Worker {
                worker: format!("{name} with {} ranks", self.count),
                cause: format!("its sum is {wrong}, and {exact} is right"),
                remedy: "fix the code of this strategy",
            });
        }
        Ok(answer.nanoseconds as f64 * 1e-9)
    }

    /// What a message costs between the first rank and the last.
    ///
    /// # Errors
    ///
    /// Where the ranks can't be started, or one fails.
    pub fn costs(&self) -> Result<Costs, Error> {
        self.ask(&Order::Probe)
    }
}
