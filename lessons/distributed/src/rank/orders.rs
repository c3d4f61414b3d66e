use std::io::stdin;
use std::thread::sleep;
use std::time::Duration;

use measure::Error;
use mpi::traits::*;

use crate::World;
use crate::messages::Order;

/// How long a rank that waits for orders sleeps between two looks, at first and at last. MPI itself
/// waits awake, and would take a core from whoever is measured just then.
const NAPS: [Duration; 2] = [Duration::from_micros(50), Duration::from_millis(10)];

/// The next order, the same for all ranks. Rank 0 reads it, and sends it to the others.
///
/// # Errors
///
/// Where what was read is no order.
pub fn next(control: &World) -> Result<Order, Error> {
    if control.rank() > 0 {
        return read(&received(control));
    }
    let mut line = String::new();
    // The end of the input is the end of the run, and so is an input that can't be read.
    if !matches!(stdin().read_line(&mut line), Ok(1..)) {
        line = serde_json::to_string(&Order::End).expect("an order is plain data");
    }
    let order = read(line.as_bytes())?;
    for rank in 1..control.size() {
        control.process_at_rank(rank).send(line.as_bytes());
    }
    Ok(order)
}

fn received(control: &World) -> Vec<u8> {
    let zero = control.process_at_rank(0);
    let mut nap = NAPS[0];
    while zero.immediate_probe().is_none() {
        sleep(nap);
        nap = (nap * 2).min(NAPS[1]);
    }
    zero.receive_vec::<u8>().0
}

fn read(line: &[u8]) -> Result<Order, Error> {
    serde_json::from_slice(line).map_err(|cause| Error::Worker {
        worker: "the launcher".to_owned(),
        cause: format!("it sent something that is no order: {cause}"),
        remedy: "start ranks through cargo run -p distributed only",
    })
}
