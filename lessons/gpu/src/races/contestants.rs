use crate::{Shader, tree};

/// A kernel that is run for what it does wrong, or, for contrast, right.
#[derive(Debug, Clone)]
pub(super) struct Contestant {
    pub(super) shader: Shader,
    /// What it does, and what it leaves out.
    pub(super) about: &'static str,
    /// Whether it has a race.
    pub(super) racy: bool,
}

/// The three wrong ones, and the tree that is right.
pub(super) fn contestants() -> [Contestant; 4] {
    let no_barrier = Shader::term_each("no_barrier", include_str!("no_barrier.wgsl"));
    let one_barrier = Shader::term_each("one_barrier", include_str!("one_barrier.wgsl"));
    let plain_total = Shader::term_each("plain_total", include_str!("plain_total.wgsl")).joining();
    [
        wrong(no_barrier, "a tree without a barrier"),
        wrong(one_barrier, "a barrier before the tree only"),
        wrong(plain_total, "one total, and no atomics"),
        Contestant {
            shader: Shader { file: "lessons/gpu/src/tree.wgsl".into(), ..tree() },
            about: "a barrier before each step",
            racy: false,
        },
    ]
}

fn wrong(shader: Shader, about: &'static str) -> Contestant {
    let file = format!("lessons/gpu/src/races/{}", shader.file).into();
    Contestant { shader: Shader { file, ..shader }, about, racy: true }
}

impl Contestant {
    /// Its name as rows have theirs.
    pub(super) fn name(&self) -> String {
        self.shader.row()
    }
}
