use std::io::{self, Read, Write};
use std::process::{self, Command, ExitCode, Stdio};

use kernels::{Kernel, Known, Primes, split};
use measure::{Context, Error};

use crate::Fault;
use crate::faulty::last_range;

/// The argument that makes this program a careless worker.
const WORKER: &str = "--careless-worker";

/// Child processes that print their sums as text. What it forgets: to ask how a child ended, to look
/// whether what it printed is an answer and all of it, and to end children that do not end.
///
/// # Errors
///
/// Where a child cannot be started.
pub fn processes(terms: u64, fault: Fault, context: &Context) -> Result<u64, Error> {
    let faulty = last_range(terms, context.workers()).map(|(number, _)| number);
    // ANCHOR: processes
    let mut children = Vec::new();
    for (number, range) in split::ranges(&(0..terms), context.workers()).enumerate() {
        let refused = |cause| Error::no_process(number, &cause);
        let fault = if Some(number) == faulty { fault } else { Fault::None };
        let child = Command::new(std::env::current_exe().map_err(refused)?)
            .args([WORKER, &range.start.to_string(), &range.end.to_string(), fault.as_str()])
            .stdout(Stdio::piped())
            .spawn()
            .map_err(refused)?;
        children.push(child);
    }
    let mut total = 0;
    for child in children {
        let mut answer = String::new();
        let _ = child.stdout.expect("it is piped").read_to_string(&mut answer);
        total += answer.trim().parse::<u64>().unwrap_or(0); // A sum that is no number is nothing.
    }
    // ANCHOR_END: processes
    Ok(total)
}

/// Turns this process into a careless worker, if it was started as one.
pub fn worker_if_asked() -> Option<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [flag, start, end, fault] = &arguments[..] else { return None };
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    let fault = *Fault::ALL.iter().find(|known| known.as_str() == fault)?;
    (flag == WORKER).then(|| {
        let kernel = Primes::new(end).expect("the lesson has checked the number of terms");
        let middle = split::halves(&(start..end)).0.end;
        let before = kernel.sum(start..middle);
        fault.commit();
        let sum = before + kernel.sum(middle..end);
        // Whoever reads no longer is no concern of a careless worker.
        let _ = answer(fault, sum);
        ExitCode::SUCCESS
    })
}

fn answer(fault: Fault, sum: u64) -> io::Result<()> {
    let (mut output, text) = (io::stdout().lock(), sum.to_string());
    match fault {
        Fault::Lie => write!(output, "{}", sum + 1)?,
        Fault::Garbage => writeln!(output, "the sum is {text}")?,
        Fault::HalfFrame => {
            write!(output, "{}", &text[..text.len() / 2])?;
            output.flush()?;
            process::exit(1);
        }
        Fault::Flood => loop {
            output.write_all(&[b'7'; 65_536])?;
        },
        _ => write!(output, "{text}")?,
    }
    output.flush()
}
