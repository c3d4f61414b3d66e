//! Without MPI: what a message costs between two threads of this machine, over TCP.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use course::Document;

use super::Costs;
use crate::launcher::Teams;

/// Small messages in a batch.
const SMALL: usize = 500;

/// Bytes of a large message.
const LARGE: usize = 8 << 20;

/// How often each cost is taken; the middle one counts.
const BATCHES: usize = 9;

/// The costs, and what they are of; `None` where this machine has no TCP.
pub fn costs(_document: &Document, _teams: &Arc<Teams>) -> Option<(Costs, String)> {
    let costs = over_tcp().ok()?;
    Some((costs, "two threads of this machine, over TCP (no MPI here)".to_owned()))
}

/// Nothing can be run beside the model.
pub fn beside(_document: &Document, _teams: &Arc<Teams>, _costs: &Costs) -> String {
    String::new()
}

fn over_tcp() -> io::Result<Costs> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let mut near = TcpStream::connect(listener.local_addr()?)?;
    let (mut far, _) = listener.accept()?;
    near.set_nodelay(true)?;
    far.set_nodelay(true)?;
    let echo = thread::Builder::new().spawn(move || echo(&mut far))?;
    let mut latency = || to_and_fro(&mut near);
    let latency = middle(&mut latency)? / 2.0;
    let mut gap = || poured(&mut near, &[b'.'; 8], SMALL);
    let gap = middle(&mut gap)?;
    let block = vec![b'.'; LARGE];
    let mut large = || poured(&mut near, &block, 1);
    let large = middle(&mut large)?;
    drop(near);
    let _ = echo.join();
    Ok(Costs { latency, gap, per_byte: (large - 2.0 * latency).max(0.0) / LARGE as f64 })
}

fn middle(measure: &mut dyn FnMut() -> io::Result<f64>) -> io::Result<f64> {
    let mut times = (0..BATCHES).map(|_| measure()).collect::<io::Result<Vec<f64>>>()?;
    times.sort_by(f64::total_cmp);
    Ok(times[BATCHES / 2])
}

/// The byte that asks for an answer.
const ANSWER: u8 = b'!';

/// Seconds for a message of eight bytes and its answer.
fn to_and_fro(near: &mut TcpStream) -> io::Result<f64> {
    let start = Instant::now();
    for _ in 0..SMALL {
        near.write_all(b".......!")?;
        near.read_exact(&mut [0])?;
    }
    Ok(start.elapsed().as_secs_f64() / SMALL as f64)
}

/// Seconds for each of many messages on one way, with one answer at the end.
fn poured(near: &mut TcpStream, message: &[u8], times: usize) -> io::Result<f64> {
    let start = Instant::now();
    for _ in 0..times {
        near.write_all(message)?;
    }
    near.write_all(&[ANSWER])?;
    near.read_exact(&mut [0])?;
    Ok(start.elapsed().as_secs_f64() / times as f64)
}

fn echo(far: &mut TcpStream) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        let length = far.read(&mut buffer)?;
        if length == 0 {
            return Ok(());
        }
        if buffer[..length].contains(&ANSWER) {
            far.write_all(&[ANSWER])?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_cost_something() {
        let costs = over_tcp().expect("every system has TCP to itself");
        assert!(costs.latency > 0.0 && costs.gap > 0.0, "{costs:?}");
    }
}
