//! Two hosts on one machine: network namespaces with a cable between them. Between them there is TCP and
//! nothing else. `mpirun` starts its daemon on the other host through an agent, in the place of ssh.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Output};
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use tempfile::TempDir;

use super::machine::{all_are_gone, is_empty, ranks_of};
use super::{PROGRAM, machine, program};

/// The network of the cable, and what the two hosts are called in it.
const NETWORK: &str = "10.77.0.0/24";
const HOSTS: [&str; 2] = ["10.77.0.1", "10.77.0.2"];

/// A byte a second on the slowed link, and what is to go over it.
const RATE: f64 = 10e6;
const TERMS: &str = "1000000";

type Test = fn() -> Result<(), Failed>;

pub fn trials() -> Vec<Trial> {
    let why = machine::lacks().or_else(|| {
        let two = Two::new();
        two.is_err().then_some("needs root, ip and tc: two network namespaces")
    });
    let tests: [(&str, Test); 3] = [
        ("two_hosts_sum_together", together),
        ("a_slow_link_is_slow_and_right", slow),
        ("a_link_that_is_cut_ends_at_the_limit", cut),
    ];
    let why = why.map(str::to_owned);
    tests.into_iter().map(|(name, test)| testkit::trial(name, why.clone(), test)).collect()
}

/// Two hosts, for as long as this lives.
struct Two {
    names: [String; 2],
    folder: TempDir,
}

impl Two {
    fn new() -> Result<Self, Failed> {
        let process = std::process::id();
        let names = [format!("sum{process}a"), format!("sum{process}b")];
        let two = Two { names, folder: tempfile::tempdir()? };
        let [a, b] = &two.names;
        for name in &two.names {
            ip(&["netns", "add", name])?;
        }
        ip(&["link", "add", a, "netns", a, "type", "veth", "peer", "name", b, "netns", b])?;
        for (name, host) in two.names.iter().zip(HOSTS) {
            let address = format!("{host}/24");
            ip(&["-n", name, "address", "add", &address, "dev", name])?;
            ip(&["-n", name, "link", "set", "lo", "up"])?;
            ip(&["-n", name, "link", "set", name, "up"])?;
        }
        let hosts = HOSTS.map(|host| format!("{host} slots=1\n")).concat();
        fs::write(two.folder.path().join("hosts"), hosts)?;
        // As ssh does it: the name of a host, and the words of a command that is to run there.
        let agent = format!(
            "#!/bin/sh\nhost=$1; shift\ncase $host in {}) name={b};; *) name={a};; esac\n\
             unset TMPDIR\nexec ip netns exec $name unshare --uts sh -c \"hostname $name; $*\"\n",
            HOSTS[1]
        );
        let file = two.folder.path().join("agent");
        fs::write(&file, agent)?;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
        Ok(two)
    }

    /// The program on the first host, with a rank on each.
    fn start(&self, arguments: &[&str], temporary: &TempDir) -> Result<Child, Failed> {
        let (name, folder) = (&self.names[0], self.folder.path().display());
        let words = format!(
            "hostname {name}; exec {PROGRAM} --ranks 2 --hostfile {folder}/hosts --json {}",
            arguments.join(" ")
        );
        let inside = ["netns", "exec", name, "unshare", "--uts", "sh", "-c", &words];
        let mut command = program::command("ip", &inside);
        command.env("OMPI_MCA_plm_rsh_agent", self.folder.path().join("agent"));
        command.env("OMPI_MCA_btl", "tcp,self");
        for part in ["btl", "oob"] {
            command.env(format!("OMPI_MCA_{part}_tcp_if_include"), NETWORK);
        }
        Ok(command.env("TMPDIR", temporary.path()).spawn()?)
    }
}

impl Drop for Two {
    fn drop(&mut self) {
        for name in &self.names {
            let _ = ip(&["netns", "delete", name]);
        }
    }
}

fn ip(arguments: &[&str]) -> Result<Output, Failed> {
    told(Command::new("ip").args(arguments))
}

fn told(command: &mut Command) -> Result<Output, Failed> {
    let output = command.output()?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(output)
}

fn together() -> Result<(), Failed> {
    let (two, temporary) = (Two::new()?, tempfile::tempdir()?);
    for kernel in ["integers", "memory", "pi", "primes"] {
        let arguments = ["-k", kernel, "-n", "100003", "--rounds", "1"];
        let ended = program::finish(two.start(&arguments, &temporary)?);
        let right = ended.runs().iter().all(|run| run["verdict"] == "right");
        let told = ended.document()["notes"].to_string().contains("on 2 hosts");
        if ended.code() != Some(0) || !right || !told {
            return Err(format!("{kernel}: {ended:?}").into());
        }
    }
    is_empty(temporary.path())
}

/// The link is slowed by a token bucket: half of the numbers have to go through it.
fn slow() -> Result<(), Failed> {
    let (two, temporary) = (Two::new()?, tempfile::tempdir()?);
    let name = &two.names[0];
    let rate = format!("{}bit", RATE * 8.0);
    let bucket = ["root", "tbf", "rate", &rate, "burst", "32kb", "latency", "400ms"];
    told(Command::new("tc").args(["-n", name, "qdisc", "add", "dev", name]).args(bucket))?;
    let arguments = ["-k", "memory", "-n", TERMS, "-s", "own-part,scattered", "--rounds", "1"];
    let ended = program::finish(two.start(&arguments, &temporary)?);
    let runs = ended.runs();
    let right = runs.len() == 2 && runs.iter().all(|run| run["verdict"] == "right");
    let scattered = runs.iter().find(|run| run["strategy"] == "scattered");
    let seconds = scattered.and_then(|run| run["seconds"]["median"].as_f64()).unwrap_or(0.0);
    // Not a promise of speed: the bucket lets no more through. A part of it is full at the start.
    let least = TERMS.parse::<f64>()? * 8.0 / 2.0 / RATE / 2.0;
    if ended.code() != Some(0) || !right || seconds < least {
        return Err(format!("at least {least} s: {ended:?}").into());
    }
    is_empty(temporary.path())
}

/// In the middle of the sums the cable is pulled.
fn cut() -> Result<(), Failed> {
    let (two, temporary) = (Two::new()?, tempfile::tempdir()?);
    let long = ["-s", "ring", "-n", "1e7", "--rounds", "100000", "--budget", "60", "--no-baseline"];
    let child = two.start(&[&long[..], &["--timeout", "3"]].concat(), &temporary)?;
    let ranks = ranks_of(child.id(), 2)?;
    ip(&["-n", &two.names[1], "link", "set", &two.names[1], "down"])?;
    let ended = program::finish(child);
    if ended.code() != Some(75) || !ended.stderr.contains("ring with 2 workers took longer") {
        return Err(format!("{ended:?}").into());
    }
    is_empty(temporary.path())?;
    // The other host is on its own, and has to find out.
    std::thread::sleep(Duration::from_secs(10));
    all_are_gone(&ranks)
}
