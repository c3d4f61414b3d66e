//! How does it compare with the same kernels in C++, sequential and with OpenMP?
//!
//! The bench compiles `peers.cpp` to a program of its own. The two take turns, pass by pass, so that
//! both see the same machine; which of them begins is drawn. A pause lies between them, because the threads of OpenMP stay awake
//! for a while after their work, and so do ours.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;

use benches::results::{Measured, Peer, Question};
use criterion::Criterion;
use kernels::{Integers, Known, Memory, Pi, Primes, Workers};
use measure::{Context, Error, Strategy, Sum};

use crate::plan::Plan;
use crate::recorder::{Pass, Recorder};
use crate::sample::{Problem, wrong};

/// How long the workers of one side are left to fall asleep before the other side runs.
const PAUSE: Duration = Duration::from_millis(5);

/// Each kernel three ways, beside the strategy of ours that cuts the terms alike.
pub fn peers(criterion: &mut Criterion, plan: &Plan, recorder: &Recorder) {
    if plan.quick {
        return;
    }
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(cause) => return recorder.skipped("peers", format!("no temporary folder: {cause}")),
    };
    let program = match compiled(folder.path().join("peers")) {
        Ok(program) => program,
        Err(reason) => return recorder.skipped("peers", reason),
    };
    kernel::<Integers>(criterion, plan, recorder, &program);
    kernel::<Memory>(criterion, plan, recorder, &program);
    kernel::<Pi>(criterion, plan, recorder, &program);
    kernel::<Primes>(criterion, plan, recorder, &program);
}

/// The program in C++, or why there is none.
fn compiled(program: PathBuf) -> Result<PathBuf, String> {
    let chosen = std::env::var("CXX").ok().into_iter();
    let compilers: Vec<String> =
        chosen.chain(["g++", "c++", "clang++"].map(str::to_owned)).collect();
    let mut reason = String::from("none was found");
    for compiler in &compilers {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers.cpp");
        // No contraction: a fused multiplication rounds once less, and the bits would differ.
        let options = ["-std=c++17", "-O3", "-march=native", "-fopenmp", "-ffp-contract=off", "-o"];
        let built = Command::new(compiler).args(options).arg(&program).arg(source).output();
        match built {
            Ok(built) if built.status.success() => return Ok(program),
            Ok(built) => {
                let words = String::from_utf8_lossy(&built.stderr);
                let line = words.lines().find(|line| line.contains("error")).unwrap_or("it failed");
                reason = format!("{compiler}: {line}");
            }
            Err(_) => {}
        }
    }
    Err(format!(
        "no C++ compiler with OpenMP ({reason}); install one, for example with: apt-get \
         install g++"
    ))
}

fn kernel<K: Known>(
    criterion: &mut Criterion,
    plan: &Plan,
    recorder: &Recorder,
    program: &PathBuf,
) {
    let name = format!("peers/{}", K::NAME);
    let terms = plan.terms(K::DEFAULT_TERMS / 4);
    let Some(problem) = recorder.noted(&name, Problem::<K>::new(terms, terms)) else { return };
    let mut group = recorder.group(criterion, &name);
    let simd = benches::strategies::<sequential::Sequential, K>(&["simd"]).remove(0);
    let scoped = benches::strategies::<threads::Threads, K>(&["scoped"]).remove(0);
    let deques = benches::strategies::<work_stealing::WorkStealing, K>(&["deques"]).remove(0);
    let usable = Workers::usable();
    let pairs = [
        ("c", simd, Workers::ONE),
        ("openmp-static", scoped, usable),
        ("openmp-dynamic", deques, usable),
    ];
    for (way, ours, workers) in pairs {
        let what = problem.measured(Question::Peers, way, workers);
        let peer = Peer { strategy: ours.name.clone(), seconds: Vec::new() };
        let what = Measured { peer: Some(peer), ..what };
        let mut match_up: Option<(Foreign, Sum<K>)> = None;
        recorder.measure(&mut group, what, |calls, rng| {
            let (foreign, sum) = match &mut match_up {
                Some(both) => both,
                none => none.insert((
                    Foreign::start(program)?,
                    ours.start(&problem.kernel, &Context::new(workers))?,
                )),
            };
            let is_foreign_first = rng.below(2) == 0;
            let (mut theirs, mut mine) = (Duration::ZERO, Duration::ZERO);
            for is_foreign in [is_foreign_first, !is_foreign_first] {
                // The workers of the other side fall asleep.
                thread::sleep(PAUSE);
                if is_foreign {
                    theirs = foreign.time(&problem, calls, way, workers)?;
                } else {
                    mine = time_ours(&problem, calls, &ours, sum)?;
                }
            }
            let mine = mine.as_secs_f64() / calls as f64;
            Ok(Pass { time: theirs, ours: Some(mine), ..Pass::default() })
        });
    }
}

/// The time of so many calls of ours, after one that does not count: it wakes the workers up.
fn time_ours<K: Known>(
    problem: &Problem<K>,
    calls: u64,
    ours: &Strategy<K>,
    sum: &mut Sum<K>,
) -> Result<Duration, Error> {
    problem.timed(1, &ours.name, sum)?;
    problem.timed(calls, &ours.name, sum)
}

/// The program in C++, waiting for requests. It ends when its input does.
struct Foreign {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Foreign {
    fn start(program: &PathBuf) -> Result<Self, Error> {
        let started = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = started.map_err(|cause| Error::Refused {
            what: "a process for the program in C++".to_owned(),
            cause: cause.to_string(),
            remedy: "raise the limit (ulimit -u)",
        })?;
        let requests = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().expect("its output is a pipe"));
        Ok(Foreign { child, requests, answers })
    }

    /// The time of so many calls, after one that does not count: it wakes the workers up.
    fn time<K: Known>(
        &mut self,
        problem: &Problem<K>,
        calls: u64,
        way: &str,
        workers: Workers,
    ) -> Result<Duration, Error> {
        let (mut time, mut total) = (Duration::ZERO, 0);
        for calls in [1, calls] {
            let request = format!("{} {way} {} {workers} {calls}", K::NAME, problem.terms);
            (time, total) = self.ask(&request)?;
        }
        if problem.is_right(&total.into()) { Ok(time) } else { Err(wrong(way)) }
    }

    /// The time of all calls that the request asks for, and the sum.
    fn ask(&mut self, request: &str) -> Result<(Duration, u64), Error> {
        let mut answer = String::new();
        let requests = self.requests.as_mut().expect("its input is open until it is dropped");
        let exchanged = writeln!(requests, "{request}")
            .and_then(|()| requests.flush())
            .and_then(|()| self.answers.read_line(&mut answer));
        let mut words = answer.split_whitespace().map(str::parse::<u64>);
        match (exchanged, words.next(), words.next()) {
            (Ok(_), Some(Ok(time)), Some(Ok(sum))) => Ok((Duration::from_nanos(time), sum)),
            _ => Err(Error::Worker {
                worker: "the program in C++".to_owned(),
                cause: format!("it did not answer the request `{request}`"),
                remedy: "run the bench without it: cargo bench -- 'scaling|size'",
            }),
        }
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        self.requests.take();
        // Its input has ended, so it does; and if it does not, it is made to.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
