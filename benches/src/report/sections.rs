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
             than the number of workers decides. The control says what independent sums got at the \
             same moment; no sharing can do better than that.",
        ),
        Section::Weak => (
            "weak",
            "And if the sum grows with the workers?",
            "Each worker brings as many terms as the first one had. A flat time is perfect: twice \
             the workers then do twice the work in the same time.",
        ),
        Section::Work => (
            "work",
            "Who worked when, and where did the time go?",
            "Each lane is one worker, and time runs to the right. A gap is a worker without work; \
             the run ends when the last one does.",
        ),
        Section::Size => (
            "size",
            "From how many terms on is it worth sharing?",
            "Sharing costs the same for few terms as for many, so it must be earned back. Above the \
             line of 1 sharing is faster than one core, below it is slower.",
        ),
        Section::Overhead => (
            "overhead",
            "What does it cost to hand out work?",
            "The work itself is nothing here, so all of the time is the cost of handing it out. Each \
             step of the scale is ten times the one before.",
        ),
        Section::Contention => (
            "contention",
            "What does it cost to write to the same place?",
            "Only one core at a time may write to a cache line, so cores that share one wait for \
             each other. The further apart they write, the less they wait.",
        ),
        Section::Peers => (
            "peers",
            "How does it compare with C and OpenMP?",
            "Ours and theirs took turns, so that both saw the same machine. A ratio below 1 says \
             that ours was faster.",
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
