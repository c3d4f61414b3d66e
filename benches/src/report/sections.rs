use crate::chart::Section;

/// What the page says about one section before its charts.
pub(super) struct Words {
    pub(super) anchor: &'static str,
    pub(super) question: &'static str,
    pub(super) how_to_read: &'static str,
}

pub(super) fn words_of(section: Section) -> Words {
    let (anchor, question, how_to_read) = match section {
        Section::Scaling => (
            "scaling",
            "Do N workers make the same sum N times faster?",
            "Look for the place where a line leaves the ideal one: from there on something other \
             than the number of workers decides. The wide grey line is what the machine gave: what \
             independent sums got at the same moment. No sharing can do better than that.",
        ),
        Section::Weak => (
            "weak",
            "And if the sum grows with the workers?",
            "Each worker brings as many terms as the first one had. The scaled speedup says how many \
             times as much is summed in the time of one worker: on the ideal line, twice the \
             workers do twice the work in the same time.",
        ),
        Section::Work => (
            "work",
            "Who worked when, and where did the time go?",
            "Each lane is one worker, and time runs to the right. A gap is a worker without work; \
             the run ends when the last one does. The bars under the lanes add up the time of the \
             mean worker; a stroke at their end is the time of the whole run.",
        ),
        Section::Size => (
            "size",
            "From how many terms on is it worth sharing?",
            "Sharing costs the same for few terms as for many, so it must be earned back. A line is \
             the time of a sum, and simd is the best on one core: below its line sharing is faster, \
             above it is slower.",
        ),
        Section::Overhead => (
            "overhead",
            "What does it cost to hand out work?",
            "The work itself is nothing here, so all of the time is the cost of handing it out. On \
             this axis equal steps are equal ratios.",
        ),
        Section::Contention => (
            "contention",
            "What does it cost to write to the same place?",
            "Only one core at a time may write to a cache line, so cores that share one wait for \
             each other. First all add to one total, by the number of workers; then each has a \
             counter of its own, by the distance between two counters.",
        ),
        Section::Peers => (
            "peers",
            "How does it compare with C++ and rayon?",
            "Ours and theirs took turns, so that both saw the same machine. Left of 1 ours was \
             faster, right of 1 theirs was. An interval that crosses 1 tells neither. Each foreign way \
             stands beside the strategy of ours that cuts the terms alike.",
        ),
        Section::Ladder => (
            "ladder",
            "From an interpreter to many machines: what did each step bring?",
            "The same sum, and each rung is a row of a lesson. On this axis equal steps are equal \
             ratios: look where the large steps are. The rungs with a number have so many workers.",
        ),
        Section::Lessons => (
            "lessons",
            "And the other lessons?",
            "These come from runs of their own, at another time and perhaps on another machine: each \
             chart says which.",
        ),
    };
    Words { anchor, question, how_to_read }
}
