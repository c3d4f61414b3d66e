use std::sync::Arc;

use kernels::{Kernel, Known, Memory, Spec};
use measure::{Context, Error};
use wgpu::{Buffer, BufferDescriptor, BufferUsages};

use crate::device::Device;

/// A number of `memory` in bytes.
const BYTES: u64 = 8;

/// So much is handed over at a time: the copy that wgpu keeps meanwhile is no larger.
const PORTION: usize = 16 << 20;

/// The numbers of `memory` in the memory of a device, in blocks of as many as a shader can have at a time.
#[derive(Debug)]
pub(crate) struct Numbers {
    kernel: Memory,
    /// The terms of each block but the last.
    pub(crate) block: u64,
    pub(crate) blocks: Vec<Buffer>,
}

impl Numbers {
    /// Makes room on `device` for the numbers of the kernel that `spec` describes, and sends them; `None` for a
    /// kernel that has none.
    ///
    /// # Errors
    ///
    /// Where there is no room, here or there.
    pub(crate) fn send(
        device: &Device,
        spec: &Spec,
        context: &Context,
    ) -> Result<Option<Arc<Self>>, Error> {
        if spec.kernel != Memory::NAME {
            return Ok(None);
        }
        let kernel = Memory::attach(spec.terms, spec.data.clone())?;
        let limits = device.wgpu.limits();
        let most = limits.max_storage_buffer_binding_size.min(limits.max_buffer_size) / BYTES;
        let (terms, block) = (kernel.all().len() as u64, most.max(1));
        let starts = (0..terms.max(1)).step_by(block as usize);
        let room = |start: u64| {
            let count = (terms - start).min(block).max(1);
            device.make("the numbers", || {
                device.wgpu.create_buffer(&BufferDescriptor {
                    label: Some("numbers"),
                    size: count * BYTES,
                    usage: BufferUsages::STORAGE | BufferUsages::COPY_DST | BufferUsages::COPY_SRC,
                    mapped_at_creation: false,
                })
            })
        };
        let blocks = starts.map(room).collect::<Result<Vec<_>, Error>>()?;
        let numbers = Numbers { kernel, block, blocks };
        numbers.transfer(device, terms, context)?;
        Ok(Some(Arc::new(numbers)))
    }

    /// Sends the first `terms` numbers once more, and waits until they are there.
    ///
    /// # Errors
    ///
    /// Those of the device.
    pub(crate) fn transfer(
        &self,
        device: &Device,
        terms: u64,
        context: &Context,
    ) -> Result<(), Error> {
        let all = &self.kernel.all()[..terms as usize];
        for (block, numbers) in self.blocks.iter().zip(all.chunks(self.block as usize)) {
            let bytes: &[u8] = bytemuck::cast_slice(numbers);
            for (place, portion) in (0..).step_by(PORTION).zip(bytes.chunks(PORTION)) {
                device.make("the numbers", || {
                    device.queue.write_buffer(block, place, portion);
                    device.queue.submit([]);
                })?;
            }
        }
        let sent = device.make("the numbers", || device.queue.submit([]))?;
        device.wait(&sent, context)
    }

    /// Whether these are those of the kernel that `spec` describes.
    pub(crate) fn are_of(&self, spec: &Spec) -> bool {
        spec.kernel == Memory::NAME && self.kernel.spec().terms == spec.terms
    }

    /// The terms of a block of any kernel.
    pub(crate) fn block_of(numbers: Option<&Self>) -> u64 {
        numbers.map_or(u64::MAX, |numbers| numbers.block)
    }
}
