use crate::chart::Section;

/// What the page says about one section before its charts.
pub(super) struct Words {
    pub(super) anchor: &'static str,
    pub(super) question: &'static str,
    /// The same in the contents.
    pub(super) short: &'static str,
    pub(super) how_to_read: &'static str,
}

pub(super) fn words_of(section: Section) -> Words {
    let (anchor, short, question, how_to_read) = match section {
        Section::Answer => {
            ("answer", "the answer", "What did the cores bring?", "Grey is what the machine gave.")
        }
        Section::Scaling => (
            "scaling",
            "speedup",
            "Do N workers make the same sum N times faster?",
            "Grey is what the machine gave: what independent sums got at the same moment. No sharing can do better \
             than that. What is missing before it was given and not used.",
        ),
        Section::Weak => (
            "weak",
            "scaled speedup",
            "And if the sum grows with the workers?",
            "Each worker brings as many terms as the first one had. The scaled speedup says how many \
             times as much is summed in the time of one worker.",
        ),
        Section::Work => (
            "work",
            "who worked when",
            "Who worked when, and where did the time go?",
            "Each lane is one worker, and time runs to the right, at the same scale for all. A gap is a worker \
             without work; the run ends when the last one does.",
        ),
        Section::Size => (
            "size",
            "size of the sum",
            "From how many terms on is it worth sharing?",
            "Sharing costs the same for few terms as for many, so it must be earned back. A line is \
             the time of a sum, and simd is the best on one core: below its line sharing is faster, \
             above it is slower.",
        ),
        Section::Overhead => (
            "overhead",
            "cost of handing out",
            "What does it cost to hand out work?",
            "The work itself is nothing here, so all of the time is the cost of handing it out.",
        ),
        Section::Contention => (
            "contention",
            "writing to one place",
            "What does it cost to write to the same place?",
            "Only one core at a time may write to a cache line, so cores that share one wait for \
             each other. First all add to one total, by the number of workers; then each has a \
             counter of its own, by the distance between two counters.",
        ),
        Section::Peers => (
            "peers",
            "C++ and rayon",
            "How does it compare with C++ and rayon?",
            "Ours and theirs took turns, so that both saw the same machine. Left of 1 ours was \
             faster, right of 1 theirs was. An interval that crosses 1 tells neither. Each foreign way \
             stands beside the strategy of ours that cuts the terms alike.",
        ),
        Section::Ladder => (
            "ladder",
            "the ladder",
            "From an interpreter to many machines: what did each step bring?",
            "The same sum, and each rung is a row of a lesson: look where the large steps are. The rungs with a \
             number have so many workers.",
        ),
        Section::Lessons => (
            "lessons",
            "other lessons",
            "And the other lessons?",
            "These come from runs of their own, at another time and perhaps on another machine: each \
             chart says which.",
        ),
    };
    Words { anchor, question, short, how_to_read }
}
