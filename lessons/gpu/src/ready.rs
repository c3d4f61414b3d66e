use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant, UNIX_EPOCH};

use kernels::{KernelName, Spec};
use measure::{Context, Error};
use wgpu::{BindGroup, Buffer, BufferUsages};

use crate::Shader;
use crate::device::Device;
use crate::dispatches::{Dispatch, dispatches, most_terms};
use crate::numbers::Numbers;
use crate::program::{Marking, Program};
use crate::read_back::{Clock, ReadBack};
use crate::session::Session;
use crate::shader::EachTime;

/// A job in the buffer of jobs lies at a multiple of so many bytes.
const JOB: usize = 256;

/// So many terms have marks at most.
pub(crate) const MOST_MARKED: u64 = 1 << 20;

/// A row that is ready to sum: its shader is compiled, and everything that it needs lies on the device.
pub(crate) struct Ready {
    pub(crate) device: Arc<Device>,
    shader: Shader,
    kernel: KernelName,
    context: Context,
    marking: Marking,
    groups: u32,
    program: Program,
    numbers: Option<Arc<Numbers>>,
    buffers: Buffers,
    bound: Vec<BindGroup>,
    clock: Option<Clock>,
    /// What the extra of marked terms is drawn from.
    salt: u32,
}

/// What the shaders write to, and the jobs that they read.
struct Buffers {
    jobs: Buffer,
    total: Buffer,
    partials: Buffer,
    marks: Buffer,
    read_back: ReadBack,
}

/// What one sum brought.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) sum: u64,
    /// How often each term was taken, where they are marked.
    pub(crate) marks: Vec<u32>,
    pub(crate) times: Times,
}

/// Where the time of a sum went.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    /// From the call to the answer, on this machine's clock.
    pub(crate) whole: Duration,
    /// What came before the device was asked: sending the numbers, or compiling.
    pub(crate) before: Duration,
    /// From the beginning of the first dispatch to the end of the last, on the device's own clock; `None` where it has
    /// none, or was not asked.
    pub(crate) kernel: Option<Duration>,
}

impl Ready {
    /// Makes `shader` ready to sum terms of the kernel that `spec` describes.
    ///
    /// # Errors
    ///
    /// Where there is no device, it lacks something, or the shader is no good.
    pub(crate) fn new(
        session: &Session,
        shader: &Shader,
        spec: &Spec,
        marking: Marking,
        context: &Context,
    ) -> Result<Self, Error> {
        let most = most_terms(spec.kernel);
        if spec.terms > most {
            return Err(Error::Missing {
                what: format!("a shader for so many terms of {}", spec.kernel),
                why: format!(
                    "a prime takes one invocation as many rounds as its square root, and it has 65,000: {} terms at \
                     most",
                    units::grouped(most)
                ),
                remedy: "ask for fewer terms with -n",
            });
        }
        let device = session.device()?;
        let groups = session.workgroups(&device);
        Ready::with_groups(session, device, shader, spec, marking, groups, context)
    }

    /// The same with so many workgroups.
    ///
    /// # Errors
    ///
    /// As [`Ready::new`].
    pub(crate) fn with_groups(
        session: &Session,
        device: Arc<Device>,
        shader: &Shader,
        spec: &Spec,
        marking: Marking,
        groups: u32,
        context: &Context,
    ) -> Result<Self, Error> {
        let program = Program::compile(&device, shader, spec.kernel, marking)?;
        let numbers = session.numbers(&device, spec, context)?;
        let block = Numbers::block_of(numbers.as_deref());
        let all = dispatches(spec.kernel, &(0..spec.terms), shader.shape, groups, block);
        let buffers = Buffers::new(&device, &all, marking, shader.joins)?;
        let bound = bound(&device, &program, &buffers, numbers.as_deref())?;
        Ok(Ready {
            device,
            shader: shader.clone(),
            kernel: spec.kernel,
            context: context.clone(),
            marking,
            groups,
            program,
            numbers,
            buffers,
            bound,
            clock: None,
            salt: salt(),
        })
    }

    /// The same, which asks the device's clock, where it has one.
    pub(crate) fn timed(mut self) -> Result<Self, Error> {
        self.clock = Clock::of(&self.device)?;
        Ok(self)
    }

    /// Sums `terms`, which are some of those of the kernel.
    ///
    /// # Errors
    ///
    /// Where the device fails, or is not done when the run is over.
    pub(crate) fn sum(&mut self, terms: &Range<u64>) -> Result<Answer, Error> {
        let begin = Instant::now();
        match self.shader.each_time {
            EachTime::Sum => {}
            EachTime::Transfer => {
                if let Some(numbers) = &self.numbers {
                    numbers.transfer(&self.device, terms.end, &self.context)?;
                }
            }
            EachTime::Compile => {
                self.program =
                    Program::compile(&self.device, &self.shader, self.kernel, self.marking)?;
                let numbers = self.numbers.as_deref();
                self.bound = bound(&self.device, &self.program, &self.buffers, numbers)?;
            }
        }
        let before = begin.elapsed();
        let block = Numbers::block_of(self.numbers.as_deref());
        let all = dispatches(self.kernel, terms, self.shader.shape, self.groups, block);
        let submitted = self.submit(&all, terms)?;
        let read = self.buffers.read_back.read(&self.device, &submitted, &self.context)?;
        let whole = begin.elapsed();
        let kernel = self.clock.as_ref().map(|clock| clock.between(&read.stamps));
        let times = Times { whole, before, kernel: kernel.filter(|_| !all.is_empty()) };
        let extra = match self.marking {
            Marking::Off => 0,
            Marking::On => extra(terms.end - terms.start, self.salt),
        };
        Ok(Answer { sum: read.total.saturating_sub(extra), marks: read.marks, times })
    }

    fn submit(&self, all: &[Dispatch], terms: &Range<u64>) -> Result<wgpu::SubmissionIndex, Error> {
        let (device, buffers) = (&self.device, &self.buffers);
        let marked = (self.marking == Marking::On).then_some(terms.end - terms.start);
        device.make("a sum", || {
            let jobs = self.jobs(all);
            if !jobs.is_empty() {
                device.queue.write_buffer(&buffers.jobs, 0, &jobs);
            }
            let mut encoder = device.wgpu.create_command_encoder(&Default::default());
            // Nothing of one sum is left for the next.
            encoder.clear_buffer(&buffers.total, 0, None);
            encoder.clear_buffer(&buffers.partials, 0, None);
            if marked.is_some() {
                encoder.clear_buffer(&buffers.marks, 0, None);
            }
            if !all.is_empty() {
                let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor {
                    label: Some(self.shader.name),
                    timestamp_writes: self.clock.as_ref().map(Clock::writes),
                });
                pass.set_pipeline(&self.program.sum);
                for (place, dispatch) in all.iter().enumerate() {
                    let block = dispatch.terms.start / Numbers::block_of(self.numbers.as_deref());
                    pass.set_bind_group(0, &self.bound[block as usize], &[(place * JOB) as u32]);
                    pass.dispatch_workgroups(dispatch.groups, 1, 1);
                }
                if let Some(join) = &self.program.join {
                    pass.set_pipeline(join);
                    pass.dispatch_workgroups(1, 1, 1);
                }
            }
            if let Some(clock) = &self.clock {
                clock.resolve(&mut encoder);
            }
            let stamps = self.clock.as_ref().map(Clock::stamps);
            let marks = marked.map(|marked| (&buffers.marks, marked));
            buffers.read_back.copy(&mut encoder, &buffers.total, stamps, marks);
            let submitted = device.queue.submit([encoder.finish()]);
            buffers.read_back.ask();
            submitted
        })
    }

    /// What stands in `Job` of `prelude.wgsl`, for each dispatch.
    fn jobs(&self, all: &[Dispatch]) -> Vec<u8> {
        let block = Numbers::block_of(self.numbers.as_deref());
        let begin = all.first().map_or(0, |dispatch| dispatch.terms.start);
        let partials: u32 = all.iter().map(|dispatch| dispatch.groups).sum();
        let mut partial = 0;
        let mut bytes = vec![0; all.len() * JOB];
        for (place, Dispatch { terms, groups }) in bytes.chunks_exact_mut(JOB).zip(all) {
            let job = [
                terms.start as u32,
                (terms.start >> 32) as u32,
                (terms.end - terms.start) as u32,
                (terms.start % block) as u32,
                (terms.start - begin) as u32,
                partial,
                partials,
                self.salt,
            ];
            partial += groups;
            place[..size_of_val(&job)].copy_from_slice(bytemuck::cast_slice(&job));
        }
        bytes
    }
}

/// Another number each time.
fn salt() -> u32 {
    let since = UNIX_EPOCH.elapsed().unwrap_or_default();
    since.subsec_nanos() ^ since.as_secs() as u32
}

/// What so many marked terms have more than they are, in all: as `extra` of `marking.wgsl` makes it.
fn extra(terms: u64, salt: u32) -> u64 {
    let of = |place: u32| {
        let mut x = (place ^ salt).wrapping_mul(0x9e37_79b1);
        x = (x ^ (x >> 15)).wrapping_mul(0x85eb_ca77);
        u64::from(x ^ (x >> 13))
    };
    (0..terms.min(MOST_MARKED) as u32).map(of).sum()
}

impl Buffers {
    /// Room for `all` of these dispatches. Only a shader that joins partials has room for them: with a workgroup for
    /// each 256 terms they would be more than a binding may have.
    fn new(
        device: &Device,
        all: &[Dispatch],
        marking: Marking,
        joins: bool,
    ) -> Result<Self, Error> {
        let room = |name: &'static str, bytes: u64, usage: BufferUsages| {
            device.make(name, || {
                device.wgpu.create_buffer(&wgpu::BufferDescriptor {
                    label: Some(name),
                    size: bytes.max(JOB as u64),
                    usage: usage | BufferUsages::COPY_DST | BufferUsages::COPY_SRC,
                    mapped_at_creation: false,
                })
            })
        };
        let partials = all.iter().map(|dispatch| u64::from(dispatch.groups)).sum();
        let partials: u64 = if joins { partials } else { 0 };
        let terms = all.last().map_or(0, |dispatch| dispatch.terms.end);
        let marked = if marking == Marking::On { terms.min(MOST_MARKED) } else { 0 };
        Ok(Buffers {
            jobs: room("jobs", (all.len() * JOB) as u64, BufferUsages::UNIFORM)?,
            total: room("total", 8, BufferUsages::STORAGE)?,
            partials: room("partials", partials * 8, BufferUsages::STORAGE)?,
            marks: room("marks", marked * 4, BufferUsages::STORAGE)?,
            read_back: ReadBack::new(device, marked)?,
        })
    }
}

/// The buffers as the shader sees them: once for each block of numbers.
fn bound(
    device: &Device,
    program: &Program,
    buffers: &Buffers,
    numbers: Option<&Numbers>,
) -> Result<Vec<BindGroup>, Error> {
    // A kernel without numbers has something at their binding, too, which nobody reads; but no buffer may stand at two.
    let nothing = [room_for_nothing(device)?];
    let blocks = numbers.map_or(nothing.as_slice(), |numbers| numbers.blocks.as_slice());
    device.make("a binding", || {
        let bind = |block: &Buffer| {
            let job = wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                buffer: &buffers.jobs,
                offset: 0,
                size: std::num::NonZero::new(32),
            });
            let resources = [
                job,
                buffers.total.as_entire_binding(),
                buffers.partials.as_entire_binding(),
                block.as_entire_binding(),
                buffers.marks.as_entire_binding(),
            ];
            let entries = (0..).zip(resources);
            let entries =
                entries.map(|(binding, resource)| wgpu::BindGroupEntry { binding, resource });
            device.wgpu.create_bind_group(&wgpu::BindGroupDescriptor {
                label: None,
                layout: &program.layout,
                entries: &entries.collect::<Vec<_>>(),
            })
        };
        blocks.iter().map(bind).collect()
    })
}

fn room_for_nothing(device: &Device) -> Result<Buffer, Error> {
    device.make("a binding", || {
        device.wgpu.create_buffer(&wgpu::BufferDescriptor {
            label: Some("no numbers"),
            size: JOB as u64,
            usage: BufferUsages::STORAGE,
            mapped_at_creation: false,
        })
    })
}
