//! Every strategy of the table gives the known answer and sums every term exactly once.

#[path = "../../../shared/testing/strategies.rs"]
mod strategies;

#[test]
fn every_strategy_is_right_at_awkward_sizes() {
    strategies::all_are_right::<work_stealing::WorkStealing>();
}
