use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use measure::{Context, Error};
use wgpu::{
    Buffer, BufferAsyncError, BufferUsages, CommandEncoder, ComputePassTimestampWrites, Features,
    MapMode, QuerySet, SubmissionIndex,
};

use crate::device::Device;

/// The total, and after it two stamps of the device's clock.
const HEAD: u64 = 8 + STAMPS;
const STAMPS: u64 = 16;

type Mapped = Result<(), BufferAsyncError>;

/// What the device has to tell, where this machine can read it.
#[derive(Debug)]
pub(crate) struct ReadBack {
    buffer: Buffer,
    marked: u64,
    mapped: (Sender<Mapped>, Receiver<Mapped>),
}

/// What it told.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) total: u64,
    pub(crate) stamps: [u64; 2],
    pub(crate) marks: Vec<u32>,
}

impl ReadBack {
    /// Room for a total, for stamps, and for the marks of so many terms.
    pub(crate) fn new(device: &Device, marked: u64) -> Result<Self, Error> {
        let buffer = device.make("the answer", || {
            device.wgpu.create_buffer(&wgpu::BufferDescriptor {
                label: Some("the answer"),
                size: HEAD + marked * 4,
                usage: BufferUsages::MAP_READ | BufferUsages::COPY_DST,
                mapped_at_creation: false,
            })
        })?;
        Ok(ReadBack { buffer, marked, mapped: channel() })
    }

    /// Copies the total, and what else there is, once the device has come so far.
    pub(crate) fn copy(
        &self,
        encoder: &mut CommandEncoder,
        total: &Buffer,
        stamps: Option<&Buffer>,
        marks: Option<(&Buffer, u64)>,
    ) {
        encoder.copy_buffer_to_buffer(total, 0, &self.buffer, 0, 8);
        if let Some(stamps) = stamps {
            encoder.copy_buffer_to_buffer(stamps, 0, &self.buffer, 8, STAMPS);
        }
        if let Some((marks, marked)) = marks.filter(|(_, marked)| *marked > 0) {
            encoder.copy_buffer_to_buffer(
                marks,
                0,
                &self.buffer,
                HEAD,
                marked.min(self.marked) * 4,
            );
        }
    }

    /// Asks for it, after the copy was submitted.
    pub(crate) fn ask(&self) {
        let mapped = self.mapped.0.clone();
        // Whoever asked may have gone.
        self.buffer.map_async(MapMode::Read, .., move |result| drop(mapped.send(result)));
    }

    /// Waits for it, and reads it.
    ///
    /// # Errors
    ///
    /// Those of the device.
    pub(crate) fn read(
        &self,
        device: &Device,
        submitted: &SubmissionIndex,
        context: &Context,
    ) -> Result<Reading, Error> {
        device.wait(submitted, context)?;
        let mapped = self.mapped.1.recv_timeout(Duration::from_secs(1));
        match mapped {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(device.failed(&error.to_string())),
            Err(_) => return Err(device.failed("its answer cannot be read")),
        }
        let told = device.make("the answer", || {
            let view = self.buffer.get_mapped_range(..).ok()?;
            let word = |place: usize| -> Option<u64> {
                Some(u64::from_le_bytes(view[place..place + 8].try_into().ok()?))
            };
            let marks = bytemuck::pod_collect_to_vec(&view[HEAD as usize..]);
            Some(Reading { total: word(0)?, stamps: [word(8)?, word(16)?], marks })
        })?;
        self.buffer.unmap();
        told.ok_or_else(|| device.failed("its answer cannot be read"))
    }
}

/// The device's own clock, which stamps the beginning and the end of a pass.
#[derive(Debug)]
pub(crate) struct Clock {
    queries: QuerySet,
    stamps: Buffer,
    /// Nanoseconds of a tick.
    period: f64,
}

impl Clock {
    /// That of `device`; `None` where it offers none.
    pub(crate) fn of(device: &Device) -> Result<Option<Self>, Error> {
        if !device.wgpu.features().contains(Features::TIMESTAMP_QUERY) {
            return Ok(None);
        }
        device.make("a clock", || {
            let queries = device.wgpu.create_query_set(&wgpu::QuerySetDescriptor {
                label: None,
                ty: wgpu::QueryType::Timestamp,
                count: 2,
            });
            let stamps = device.wgpu.create_buffer(&wgpu::BufferDescriptor {
                label: Some("stamps"),
                size: STAMPS,
                usage: BufferUsages::QUERY_RESOLVE | BufferUsages::COPY_SRC,
                mapped_at_creation: false,
            });
            let period = f64::from(device.queue.get_timestamp_period());
            Some(Clock { queries, stamps, period })
        })
    }

    /// Stamps the beginning and the end of a pass.
    pub(crate) fn writes(&self) -> ComputePassTimestampWrites<'_> {
        ComputePassTimestampWrites { end_of_pass_write_index: Some(1), ..self.stamps_at(Some(0)) }
    }

    /// Makes the first stamp at the end of a pass.
    pub(crate) fn at_the_end(&self) -> ComputePassTimestampWrites<'_> {
        ComputePassTimestampWrites { end_of_pass_write_index: Some(0), ..self.stamps_at(None) }
    }

    /// Makes the second stamp at the beginning of a pass.
    pub(crate) fn at_the_beginning(&self) -> ComputePassTimestampWrites<'_> {
        self.stamps_at(Some(1))
    }

    fn stamps_at(&self, beginning: Option<u32>) -> ComputePassTimestampWrites<'_> {
        ComputePassTimestampWrites {
            query_set: &self.queries,
            beginning_of_pass_write_index: beginning,
            end_of_pass_write_index: None,
        }
    }

    pub(crate) fn resolve(&self, encoder: &mut CommandEncoder) {
        encoder.resolve_query_set(&self.queries, 0..2, &self.stamps, 0);
    }

    pub(crate) fn stamps(&self) -> &Buffer {
        &self.stamps
    }

    /// The time between the stamps.
    pub(crate) fn between(&self, stamps: &[u64; 2]) -> Duration {
        let ticks = stamps[1].saturating_sub(stamps[0]);
        Duration::from_nanos((ticks as f64 * self.period) as u64)
    }
}
