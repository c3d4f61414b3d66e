//! # When the device pays
//!
//! A device adds faster than a core, and every sum begins with a wait. From how many terms on does it pay?
//!
//! However little it adds, a device costs its latency: to submit the work, to start it, to give the answer back. If
//! the terms are in the memory of the host, they have to get there first, over a bus that is slower than the memory on
//! either side; where they can be made on the device, nothing has to travel. Only what is left after that is faster.
//! So there is a number of terms from which on the device pays, and perhaps there is none: if a term takes longer on
//! the bus than on a core, more terms make it worse.
//!
//! Here the transfer ends before the device begins to add, and one core is what the device is held against.
//!
//! Counts: it is the smallest number of terms for which the device takes less time than the core, to one in a million;
//! there is none where it never does.
//!
//! Read: [gpu](../../../gpu/README.md), [limits, *Break-even*](../../../limits/README.md)

/// What was measured.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// Seconds from the submission of an empty sum to its answer.
    pub latency: f64,
    /// Bytes a second from the host to the device.
    pub bandwidth: f64,
    /// Terms a second that the device adds, once they are there.
    pub device: f64,
    /// Terms a second that one core adds.
    pub core: f64,
}

/// The number of terms from which it pays to give them to the device. Each has `bytes` bytes that have to be sent: none
/// where the terms are made on the device.
pub fn pays_from(measured: Measured, bytes: u32) -> Option<u64> {
    let Measured { latency, bandwidth, device, core } = measured;
    // HOLE
    let saved = 1.0 / core - 1.0 / device - f64::from(bytes) / bandwidth;
    // What all terms save together has to be more than the latency.
    (saved > 0.0).then(|| (latency / saved) as u64 + 1)
    // SKELETON right: it does not pay yet
    //| let saved = 1.0 / core - 1.0 / device;
    //| Some((latency / saved) as u64 + 1)
    // WRONG right: None is right
    //| let saved = 1.0 / core - 1.0 / device - f64::from(bytes) / bandwidth;
    //| Some((latency / saved) as u64 + 1)
    // WRONG right: it does not pay yet
    //| // As if it were terms and not bytes a second.
    //| let saved = 1.0 / core - 1.0 / device - f64::from(bytes.min(1)) / bandwidth;
    //| (saved > 0.0).then(|| (latency / saved) as u64 + 1)
    // WRONG right: it does not pay yet
    //| // As if the transfer and the addition went on at the same time.
    //| let saved = 1.0 / core - (1.0 / device).max(f64::from(bytes) / bandwidth);
    //| (saved > 0.0).then(|| (latency / saved) as u64 + 1)
    // WRONG right: it pays already
    //| // The latency there and back: but it is measured from the submission to the answer.
    //| let saved = 1.0 / core - 1.0 / device - f64::from(bytes) / bandwidth;
    //| (saved > 0.0).then(|| (2.0 * latency / saved) as u64 + 1)
    // WRONG right: it pays, and it is None
    //| // A device that pays only for the terms that are made there.
    //| let saved = 1.0 / core - 1.0 / device;
    //| (bytes == 0 && saved > 0.0).then(|| (latency / saved) as u64 + 1)
    // WRONG right: it pays already
    //| // Time and rate mixed up.
    //| let saved = device - core;
    //| let sent = latency + f64::from(bytes) / bandwidth;
    //| (saved > 0.0).then(|| (sent * saved) as u64 + 1)
    // END
}

// HINT The time of the core for n terms is `n / core`. What are the three parts of that of the device, and which of
// them depend on n?
// HINT What does one term save? `1.0 / core` less what the device takes for it: for its addition and for its bytes on
// the bus. The latency has to be earned with that.
// HINT Where a term saves nothing, it is `None`: ask before you divide. A negative number becomes 0 as a `u64`.
// RULES
/// Devices at all distances, and some that never pay.
pub fn rules() -> Rules {
    Rules::new().right("measured machines", |trial| {
        let machine = |latency, bandwidth, device, core| (latency, bandwidth, device, core);
        let mut cases = vec![
            // Terms that are made there; that are sent; and that take longer on the bus than on the core.
            (machine(20e-6, 16e9, 20e9, 2e9), 0),
            (machine(20e-6, 16e9, 20e9, 1e9), 8),
            (machine(20e-6, 16e9, 20e9, 4e9), 8),
            (machine(200e-6, 50e9, 3e9, 2e9), 4),
            // A device that is slower than the core.
            (machine(100e-6, 16e9, 0.2e9, 2e9), 0),
            (machine(1e-3, 1e9, 100e9, 0.01e9), 8),
        ];
        let mut rng = trial.rng();
        let mut draw = |least: f64, most: f64| {
            let share = rng.below(1000) as f64 / 1000.0;
            least * (most / least).powf(share)
        };
        cases.extend((0..300).map(|number| {
            let latency = draw(5e-6, 1e-3);
            let bandwidth = draw(2e9, 60e9);
            (machine(latency, bandwidth, draw(0.5e9, 100e9), draw(0.1e9, 8e9)), [0, 4, 8][number % 3])
        }));
        for ((latency, bandwidth, device, core), bytes) in cases {
            let call = format!(
                "pays_from({:.0} us, {:.1} GB/s, {:.2} against {:.2} terms a ns, {bytes} bytes)",
                1e6 * latency,
                1e-9 * bandwidth,
                1e-9 * device,
                1e-9 * core
            );
            trial.calling(&call);
            let (bus, term) = (f64::from(bytes) / bandwidth, 1.0 / device);
            // Nobody is to argue about a hair.
            if (core * (bus + term) - 1.0).abs() < 0.01 {
                continue;
            }
            let found =
                attempt::pays_from(attempt::Measured { latency, bandwidth, device, core }, bytes);
            let on_device = |terms: f64| latency + terms * (bus + term);
            let times = |terms: u64| {
                let terms = terms as f64;
                format!(
                    "the device takes {} ({} of latency, {} on the bus, {} to add), and the core {}",
                    us(on_device(terms)),
                    us(latency),
                    us(terms * bus),
                    us(terms * term),
                    us(terms / core)
                )
            };
            let never = bus + term > 1.0 / core;
            let Some(terms) = found else {
                let measured = solution::Measured { latency, bandwidth, device, core };
                let terms = solution::pays_from(measured, bytes).map_or(0, |terms| 2 * terms);
                ensure!(never, "{call}: it pays, and it is None: with {} terms {}", terms, times(terms));
                continue;
            };
            ensure!(
                !never,
                "{call}: it is {found:?}, and None is right: each term takes {:.3} ns there, {:.3} of \
                 them on the bus, and on the core {:.3}",
                1e9 * (bus + term),
                1e9 * bus,
                1e9 / core
            );
            let pays = |terms: f64| on_device(terms) < terms / core;
            let (more, less) = (terms as f64 * 1.000_001 + 1.0, terms as f64 * 0.999_999 - 1.0);
            ensure!(pays(more), "{call}: with {} terms it does not pay yet: {}", terms, times(terms));
            ensure!(
                !pays(less),
                "{call}: with fewer than {} terms it pays already: with {} {}",
                terms,
                (less * 0.99) as u64,
                times((less * 0.99) as u64)
            );
        }
        Ok(())
    })
}

/// `20.0 us`.
fn us(seconds: f64) -> String {
    format!("{:.1} us", 1e6 * seconds)
}
