use kernels::{Integers, KernelName, Known, Memory, Primes};
use std::thread;

use measure::{Error, panics};
use wgpu::{
    BindGroupLayout, BindGroupLayoutEntry, BindingType, BufferBindingType, CompilationMessageType,
    ComputePipeline, ShaderModule, ShaderStages,
};

use crate::Shader;
use crate::device::{Device, one_line};

/// Whether the terms are marked by whoever takes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marking {
    Off,
    On,
}

/// A shader that is compiled for a kernel and a device.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) sum: ComputePipeline,
    /// The second pass, of a shader that has one.
    pub(crate) join: Option<ComputePipeline>,
    pub(crate) layout: BindGroupLayout,
}

/// The text of a shader: its own file first, so that its lines keep their numbers, and then what all have.
struct Text(Vec<(String, String)>);

impl Text {
    fn of(shader: &Shader, kernel: KernelName, marking: Marking) -> Self {
        let (file, term_of) = match kernel {
            name if name == Memory::NAME => ("memory.wgsl", include_str!("terms/memory.wgsl")),
            name if name == Primes::NAME => ("primes.wgsl", include_str!("terms/primes.wgsl")),
            _ => {
                debug_assert_eq!(kernel, Integers::NAME);
                ("integers.wgsl", include_str!("terms/integers.wgsl"))
            }
        };
        let term = match marking {
            Marking::Off => ("plain.wgsl", include_str!("terms/plain.wgsl")),
            Marking::On => ("marking.wgsl", include_str!("terms/marking.wgsl")),
        };
        let parts = [
            ("prelude.wgsl", include_str!("prelude.wgsl")),
            ("sum_of_group.wgsl", include_str!("sum_of_group.wgsl")),
            (file, term_of),
            term,
        ];
        let own = (shader.file.to_string(), shader.wgsl.to_string());
        let parts = parts.map(|(file, text)| (file.to_owned(), text.to_owned()));
        Text(std::iter::once(own).chain(parts).collect())
    }

    fn joined(&self) -> String {
        self.0.iter().map(|(_, text)| format!("{text}\n")).collect()
    }

    /// The file that holds `line`, its number there, and the line itself; lines count from 1.
    fn place(&self, line: u32) -> Option<(&str, usize, &str)> {
        let mut before = 0;
        for (file, text) in &self.0 {
            let lines = text.lines().count() + usize::from(text.ends_with('\n'));
            let own = (line as usize).checked_sub(before + 1)?;
            if own < lines {
                return Some((file, own + 1, text.lines().nth(own).unwrap_or_default()));
            }
            before += lines;
        }
        None
    }
}

/// The file that holds `line` of the text of `shader` for `kernel`, its number there, and the line itself.
pub(crate) fn place(
    shader: &Shader,
    kernel: KernelName,
    marking: Marking,
    line: u32,
) -> Option<(String, usize, String)> {
    let text = Text::of(shader, kernel, marking);
    text.place(line).map(|(file, line, words)| (file.to_owned(), line, words.to_owned()))
}

impl Program {
    /// Compiles `shader` for `kernel`.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] where the device lacks what the shader needs, and [`Error::Worker`] where the shader is no
    /// good: with file, line and column.
    pub(crate) fn compile(
        device: &Device,
        shader: &Shader,
        kernel: KernelName,
        marking: Marking,
    ) -> Result<Self, Error> {
        // Texts that are nested deeply take their compilers deep down the stack.
        on_a_large_stack(|| Self::compiled(device, shader, kernel, marking))?
    }

    fn compiled(
        device: &Device,
        shader: &Shader,
        kernel: KernelName,
        marking: Marking,
    ) -> Result<Self, Error> {
        let lacking = shader.needs - device.wgpu.features();
        if !lacking.is_empty() {
            return Err(Error::Missing {
                what: format!("a device with {}", named(lacking)),
                why: format!("{} does not offer that", device.facts.name),
                remedy: "take another one with --device; --list-devices shows what each offers",
            });
        }
        let module = module(device, shader, &Text::of(shader, kernel, marking))?;
        let layout = device.make("a layout", || layout(device))?;
        let pipelines = device.make("a pipeline", || {
            let layout = device.wgpu.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: None,
                bind_group_layouts: &[Some(&layout)],
                immediate_size: 0,
            });
            let pipeline = |entry: &str| {
                device.wgpu.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
                    label: Some(shader.name),
                    layout: Some(&layout),
                    module: &module,
                    entry_point: Some(entry),
                    compilation_options: wgpu::PipelineCompilationOptions::default(),
                    cache: None,
                })
            };
            (pipeline("sum"), shader.joins.then(|| pipeline("join")))
        });
        let (sum, join) = pipelines.map_err(|error| match error {
            Error::Worker { cause, .. } => no_good(&shader.file, last_cause(&cause).to_owned()),
            other => other,
        })?;
        Ok(Program { sum, join, layout })
    }
}

/// For the most that a text of 32 KiB can ask for: some 5 KB for two letters. Only what is used of it takes memory.
const STACK: usize = 256 << 20;

/// Does `work` on a thread of its own.
fn on_a_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Error> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("compile".into()).stack_size(STACK);
        let thread = thread.spawn_scoped(scope, work);
        let refused = |cause: std::io::Error| Error::Refused {
            what: "a thread for the compiler of shaders".to_owned(),
            cause: cause.to_string(),
            remedy: "raise the limit (ulimit -v, ulimit -u)",
        };
        let done = thread.map_err(refused)?.join();
        done.map_err(|panic| panics::caught("the compiler of shaders", &*panic))
    })
}

fn module(device: &Device, shader: &Shader, text: &Text) -> Result<ShaderModule, Error> {
    let mut complaint = None;
    let made = device.make("a shader", || {
        let module = device.wgpu.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(shader.name),
            source: wgpu::ShaderSource::Wgsl(text.joined().into()),
        });
        let said = pollster::block_on(module.get_compilation_info()).messages;
        let is_error =
            |said: &wgpu::CompilationMessage| said.message_type == CompilationMessageType::Error;
        complaint = said.into_iter().find(is_error);
        module
    });
    match (made, complaint) {
        (Err(Error::Worker { cause, .. }), Some(said)) => {
            let message = match deepest(&cause) {
                Some(deepest) => format!("{}: {deepest}", gist(&said.message)),
                None => gist(&said.message),
            };
            let outer = said.location.map(|place| (place.line_number, Some(place.line_position)));
            let line = innermost_line(&cause).map(|line| (line, None));
            // Where the line is the same, its column is known, too.
            let line =
                line.filter(|(line, _)| outer.is_none_or(|(outer, _)| outer != *line)).or(outer);
            Err(match line.and_then(|(line, column)| Some((text.place(line)?, column))) {
                Some(((file, line, words), column)) if *file == *shader.file => {
                    let column =
                        column.map(|column| format!(", column {column}")).unwrap_or_default();
                    let words: String =
                        words.trim().trim_end_matches(';').chars().take(LONGEST).collect();
                    no_good(file, format!("line {line}{column}: {message}: `{words}`"))
                }
                Some(((file, ..), _)) => no_good(
                    &shader.file,
                    format!("{message}; {file} has that, which every shader begins with"),
                ),
                None => no_good(&shader.file, message),
            })
        }
        (Err(Error::Worker { cause, .. }), None) => Err(no_good(&shader.file, cause)),
        (made, _) => made,
    }
}

/// So much of a line is shown.
const LONGEST: usize = 80;

/// The last of the causes that the compiler names below its picture of the line, each after an `=`.
fn deepest(cause: &str) -> Option<&str> {
    let (_, picture) = cause.split_once('\u{250c}')?;
    let (_, last) = picture.rsplit_once(" = ")?;
    // The whole chain may stand behind the picture once more, and ends with the same words.
    let again = last.char_indices().map(|(end, _)| last[..end].trim()).rev();
    let mut again = again.filter(|words| words.len() > 8 && 2 * words.len() < last.len());
    let once = again.find(|words| last.ends_with(*words)).unwrap_or(last);
    Some(once.trim()).filter(|last| !last.is_empty() && !last.contains(['\u{2502}', '^']))
}

/// The line in which the compiler's picture has its last mark.
fn innermost_line(cause: &str) -> Option<u32> {
    // One behind a line is the end of what it encloses.
    let mut marks = cause.rmatch_indices('^').map(|(place, _)| &cause[..place]);
    let picture = marks.find(|before| !before.ends_with('\u{2500}'))?;
    let bars = picture.rmatch_indices('\u{2502}').map(|(place, _)| &picture[..place]);
    let mut numbers = bars.filter_map(|before| before.trim_end().rsplit(' ').next()?.parse().ok());
    numbers.next()
}

/// What a message of the compiler says, without the picture of the line that follows it.
fn gist(message: &str) -> String {
    let said = message.split('\u{250c}').next().unwrap_or(message);
    let said = said.split_once("error: ").map_or(said, |(_, said)| said);
    one_line(said)
}

/// The end of a chain of causes, which is where the shader is named: what comes before says which call it was.
fn last_cause(chain: &str) -> &str {
    let inner = chain.rsplit_once("label = ").and_then(|(_, rest)| rest.split_once("' "));
    inner.map_or(chain, |(_, cause)| cause)
}

fn no_good(file: &str, cause: String) -> Error {
    Error::Worker { worker: file.to_owned(), cause, remedy: "fix the shader" }
}

/// What stands at each binding of `prelude.wgsl`, and of `marking.wgsl`.
fn layout(device: &Device) -> BindGroupLayout {
    let storage = |read_only| BufferBindingType::Storage { read_only };
    let kinds = [
        BufferBindingType::Uniform, // the job
        storage(false),             // the total
        storage(false),             // the partials
        storage(true),              // the numbers
        storage(false),             // the marks
    ];
    let entries = (0..).zip(kinds).map(|(binding, ty)| BindGroupLayoutEntry {
        binding,
        visibility: ShaderStages::COMPUTE,
        ty: BindingType::Buffer { ty, has_dynamic_offset: binding == 0, min_binding_size: None },
        count: None,
    });
    device.wgpu.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: None,
        entries: &entries.collect::<Vec<_>>(),
    })
}

fn named(features: wgpu::Features) -> String {
    let names = [
        (wgpu::Features::SUBGROUP, "subgroups"),
        (wgpu::Features::SHADER_INT64, "64-bit integers"),
    ];
    let named = names.into_iter().filter(|(feature, _)| features.contains(*feature));
    let names: Vec<_> = named.map(|(_, name)| name).collect();
    if names.is_empty() { one_line(&format!("{features:?}")) } else { names.join(" and ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_cut_to_what_it_says() {
        let picture =
            "Shader 'x' parsing error: unknown type: `f33`\n  \u{250c} wgsl:1:8\n  \u{2502}";
        assert_eq!(gist(picture), "unknown type: `f33`");
        assert_eq!(gist("plain"), "plain");
        let chain =
            "Validation Error Caused by: In Device::create, label = 'mine' Unable to find it";
        assert_eq!(last_cause(chain), "Unable to find it");
        assert_eq!(last_cause("plain"), "plain");
    }

    #[test]
    fn compilers_may_go_deep_and_a_panic_of_theirs_is_an_error() {
        fn deep(left: u32) -> u64 {
            let frame = std::hint::black_box([u64::from(left); 1000]);
            if left == 0 { 0 } else { frame[usize::from(left > 5)] + deep(left - 1) }
        }
        let sum = on_a_large_stack(|| deep(2000)).expect("16 MB are not too deep");
        assert_eq!(sum, 2000 * 2001 / 2);
        let error = on_a_large_stack(|| panic!("on purpose")).map(|()| 0).expect_err("it panics");
        assert!(error.to_string().contains("on purpose"), "{error}");
    }

    #[test]
    fn the_innermost_cause_and_its_line_are_found() {
        let cause = "Shader validation error: Function [3] 'f' is invalid \u{250c} wgsl:9:1 \u{2502} 9 \u{2502} \u{256d} fn f() \u{2502} 12 \u{2502} \u{2502} \
                     return 5u; \u{2502} \u{2502} ^^ naga::ir::Expression [2] \u{2502} 14 \u{2502} \u{2570}\u{2500}^ f \u{2502} = The `return` is wrong = Expected a pair The \
                     `return` is wrong Expected a pair";
        assert_eq!((deepest(cause), innermost_line(cause)), (Some("Expected a pair"), Some(12)));
        assert_eq!((deepest("plain = text"), innermost_line("plain")), (None, None));
    }

    #[test]
    fn a_line_is_found_in_the_file_that_holds_it() {
        let text = Text(vec![
            ("one.wgsl".to_owned(), "first\nsecond\n".to_owned()),
            ("two.wgsl".to_owned(), "third\nfourth".to_owned()),
        ]);
        let joined = text.joined();
        for (number, line) in (1..).zip(joined.lines()) {
            let (_, _, found) = text.place(number).expect("it is there");
            assert_eq!(found, line);
        }
        assert_eq!(text.place(2), Some(("one.wgsl", 2, "second")));
        assert_eq!(text.place(5), Some(("two.wgsl", 2, "fourth")));
        assert_eq!(text.place(7), None);
    }
}
