use std::ops::Range;
use std::sync::Arc;

use kernels::{Integers, Kernel, Known};
use measure::{Context, Error, time};
use wgpu::{Buffer, BufferUsages};

use crate::device::Device;
use crate::program::Marking;
use crate::read_back::{Clock, ReadBack};
use crate::ready::Ready;
use crate::session::Session;
use crate::strided;

/// The bytes that are sent.
const SENT: u64 = 64 << 20;

/// The bytes of a copy: several times what the caches of a device hold. A program on the cores is asked for less.
const COPIED: u64 = 256 << 20;
const COPIED_IN_SOFTWARE: u64 = 16 << 20;

/// So often it is copied in one go, so that what comes before and after does not count.
const COPIES: u64 = 4;

const ONE_TERM: Range<u64> = 0..1;

/// What a device costs before it adds anything, asked again in every round.
pub(crate) struct Probes {
    device: Arc<Device>,
    context: Context,
    one_term: Ready,
    read_back: ReadBack,
    clock: Option<Clock>,
    from: Buffer,
    to: Buffer,
    bytes: Vec<u8>,
}

/// What one round of probes brought, in seconds and bytes a second.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProbeRound {
    /// From the call to the answer of a sum of one term: what a dispatch costs that adds nothing.
    pub(crate) dispatch: f64,
    /// Eight bytes back to this machine, without a dispatch.
    pub(crate) back: f64,
    /// What this machine sends to the device.
    pub(crate) sends: f64,
    /// What the device reads and writes when it copies; `None` where it has no clock.
    pub(crate) copies: Option<f64>,
}

impl Probes {
    /// Makes the probes ready on the device of `session`.
    ///
    /// # Errors
    ///
    /// Where there is no device, or no room on it.
    pub(crate) fn new(session: &Session, context: &Context) -> Result<Self, Error> {
        let device = session.device()?;
        let spec = Integers::new(ONE_TERM.end)?.spec();
        let one_term = Ready::new(session, &strided(), &spec, Marking::Off, context)?;
        let software = device.facts.is_software();
        let copied = if software { COPIED_IN_SOFTWARE } else { COPIED };
        let copied = copied.min(device.wgpu.limits().max_buffer_size);
        let room = |name| {
            device.make("a copy", || {
                device.wgpu.create_buffer(&wgpu::BufferDescriptor {
                    label: Some(name),
                    size: copied,
                    usage: BufferUsages::COPY_DST | BufferUsages::COPY_SRC,
                    mapped_at_creation: false,
                })
            })
        };
        let (from, to) = (room("from")?, room("to")?);
        let (read_back, clock) = (ReadBack::new(&device, 0)?, Clock::of(&device)?);
        let (bytes, context) = (vec![1; SENT.min(copied) as usize], context.clone());
        Ok(Probes { device, context, one_term, read_back, clock, from, to, bytes })
    }

    /// One round of all.
    ///
    /// # Errors
    ///
    /// Those of the device.
    pub(crate) fn probe(&mut self) -> Result<ProbeRound, Error> {
        let dispatch = self.dispatch()?;
        let (read, with_answer) = time(|| self.read_nothing());
        read?;
        let (done, nothing) = time(|| self.submit_nothing());
        done?;
        let (sent, sending) = time(|| self.send());
        sent?;
        Ok(ProbeRound {
            dispatch,
            back: with_answer.saturating_sub(nothing).as_secs_f64(),
            sends: self.bytes.len() as f64 / sending.saturating_sub(nothing).as_secs_f64(),
            copies: self.copy()?,
        })
    }

    /// Seconds from the call to the answer of a sum of one term.
    ///
    /// # Errors
    ///
    /// Those of the device.
    pub(crate) fn dispatch(&mut self) -> Result<f64, Error> {
        let (answer, took) = time(|| self.one_term.sum(&ONE_TERM));
        answer.map(|_| took.as_secs_f64())
    }

    /// Reads eight bytes for which nothing was computed.
    fn read_nothing(&self) -> Result<(), Error> {
        let device = &self.device;
        let submitted = device.make("an answer", || {
            let mut encoder = device.wgpu.create_command_encoder(&Default::default());
            self.read_back.copy(&mut encoder, &self.from, None, None);
            let submitted = device.queue.submit([encoder.finish()]);
            self.read_back.ask();
            submitted
        })?;
        self.read_back.read(device, &submitted, &self.context).map(drop)
    }

    fn submit_nothing(&self) -> Result<(), Error> {
        let device = &self.device;
        let submitted = device.make("nothing", || {
            let encoder = device.wgpu.create_command_encoder(&Default::default());
            device.queue.submit([encoder.finish()])
        })?;
        device.wait(&submitted, &self.context)
    }

    fn send(&self) -> Result<(), Error> {
        let device = &self.device;
        let submitted = device.make("a transfer", || {
            device.queue.write_buffer(&self.from, 0, &self.bytes);
            device.queue.submit([])
        })?;
        device.wait(&submitted, &self.context)
    }

    /// Bytes a second of a copy, read and written, by the device's clock: its stamps are taken at the end of an empty
    /// pass before it, and at the beginning of one after it.
    fn copy(&self) -> Result<Option<f64>, Error> {
        let Some(clock) = &self.clock else { return Ok(None) };
        let (device, copied) = (&self.device, self.from.size());
        let submitted = device.make("a copy", || {
            let mut encoder = device.wgpu.create_command_encoder(&Default::default());
            let stamp = |encoder: &mut wgpu::CommandEncoder, writes| {
                let writes =
                    wgpu::ComputePassDescriptor { label: None, timestamp_writes: Some(writes) };
                drop(encoder.begin_compute_pass(&writes));
            };
            stamp(&mut encoder, clock.at_the_end());
            for _ in 0..COPIES {
                encoder.copy_buffer_to_buffer(&self.from, 0, &self.to, 0, copied);
            }
            stamp(&mut encoder, clock.at_the_beginning());
            clock.resolve(&mut encoder);
            self.read_back.copy(&mut encoder, &self.to, Some(clock.stamps()), None);
            let submitted = device.queue.submit([encoder.finish()]);
            self.read_back.ask();
            submitted
        })?;
        let told = self.read_back.read(device, &submitted, &self.context)?;
        let took = clock.between(&told.stamps).as_secs_f64();
        Ok((took > 0.0).then(|| (2 * COPIES * copied) as f64 / took))
    }
}
