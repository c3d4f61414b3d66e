// Term k of `memory` lies in the device's memory.
fn term_of(k: u32) -> vec2<u32> {
    return numbers[job.offset + k];
}
