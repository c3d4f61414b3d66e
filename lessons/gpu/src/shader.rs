use std::borrow::Cow;

use kernels::KernelName;
use wgpu::Features;

/// The invocations of a workgroup. Every device has room for that many: WebGPU promises 256.
pub const GROUP: u32 = 256;

/// A way to sum on a device: the text that its invocations run, and how many of them there are.
#[derive(Debug, Clone)]
pub struct Shader {
    /// The name of the function that describes it, and of its files.
    pub name: &'static str,
    /// The file of the text, for messages.
    pub file: Cow<'static, str>,
    /// The text, but for what all shaders have.
    pub wgsl: Cow<'static, str>,
    /// How its invocations share the terms of a dispatch.
    pub shape: Shape,
    /// Whether it leaves partials for an entry point `join`, which adds them.
    pub joins: bool,
    /// What a device has to offer for it, beyond what all have.
    pub needs: Features,
    /// What is done for every sum, in the place of once.
    pub each_time: EachTime,
    /// The only kernel that it is for; `None`: all of this lesson.
    pub only: Option<KernelName>,
}

/// How the invocations of a dispatch share its terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// An invocation for each term.
    TermEach,
    /// As many workgroups as the run asks for; their invocations take terms in a loop.
    Loops,
}

/// What is done for every sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EachTime {
    /// The sum alone: all else is ready.
    Sum,
    /// The numbers are sent to the device first.
    Transfer,
    /// The shader is compiled first.
    Compile,
}

impl Shader {
    /// A shader with as many workgroups as the run asks for, which any device can run.
    pub fn looping(name: &'static str, wgsl: &'static str) -> Self {
        Shader {
            name,
            file: format!("{name}.wgsl").into(),
            wgsl: wgsl.into(),
            shape: Shape::Loops,
            joins: false,
            needs: Features::empty(),
            each_time: EachTime::Sum,
            only: None,
        }
    }

    /// A shader with an invocation for each term, which any device can run.
    pub fn term_each(name: &'static str, wgsl: &'static str) -> Self {
        Shader { shape: Shape::TermEach, ..Shader::looping(name, wgsl) }
    }

    /// The name of its row.
    pub fn row(&self) -> String {
        self.name.replace('_', "-")
    }

    /// The same with a second pass, the entry point `join`.
    #[must_use]
    pub fn joining(self) -> Self {
        Shader { joins: true, ..self }
    }

    /// The same for devices that offer `needs`.
    #[must_use]
    pub fn needing(self, needs: Features) -> Self {
        Shader { needs, ..self }
    }

    /// The same text under another name, with more to do for every sum.
    #[must_use]
    pub fn each_time(self, name: &'static str, each_time: EachTime) -> Self {
        Shader { name, each_time, ..self }
    }
}
