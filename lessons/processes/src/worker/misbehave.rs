use std::io::{self, Write};
use std::ops::Range;
use std::time::Duration;
use std::{process, thread};

use kernels::{Partial, Total};

use crate::Fault;
use crate::frame::Message;

/// Does what a fault is, in a worker that was asked by `job` for `range`, whose honest sum is `sum`.
///
/// # Errors
///
/// Where nobody reads the answers any more.
///
/// # Panics
///
/// If that is the fault.
pub(super) fn misbehave(fault: Fault, job: u64, range: Range<u64>, sum: Total) -> io::Result<()> {
    let answer = |range, sum: &Total| Message::Answer {
        range,
        busy: 1,
        sum: sum.encode().unwrap_or_default(),
    };
    let mut output = io::stdout().lock();
    fault.strike();
    match fault {
        Fault::Panic | Fault::Exit | Fault::Abort | Fault::Stop => {}
        Fault::Sleep => thread::sleep(Duration::from_secs(3600)),
        Fault::Lie => return answer(range, &Fault::falsified(sum)).write(job, &mut output),
        Fault::Garbage => {
            output.write_all(b"the sum is 42\n")?;
            return output.flush();
        }
        Fault::HalfFrame => {
            let mut bytes = Vec::new();
            answer(range, &sum).write(job, &mut bytes)?;
            output.write_all(&bytes[..bytes.len() / 2])?;
            output.flush()?;
            process::exit(0);
        }
        Fault::Flood => {
            output.write_all(&Message::answer_header(job, u32::MAX))?;
            loop {
                output.write_all(&[0; 65_536])?;
            }
        }
        Fault::WrongRange => {
            let beside = range.end..range.end + (range.end - range.start);
            return answer(beside, &sum).write(job, &mut output);
        }
        Fault::WrongJob => return answer(range, &sum).write(job + 1000, &mut output),
        Fault::Twice => {
            let mut bytes = Vec::new();
            answer(range.clone(), &sum).write(job, &mut bytes)?;
            answer(range, &sum).write(job, &mut bytes)?;
            output.write_all(&bytes)?;
            return output.flush();
        }
        Fault::Ready => return Message::Ready.write(job, &mut output),
    }
    // It was continued, or has slept its hour: now it is honest.
    answer(range, &sum).write(job, &mut output)
}
