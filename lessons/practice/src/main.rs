fn main() -> std::process::ExitCode {
    if children::watchdog::part_if_asked() { return std::process::ExitCode::SUCCESS; }
    children::watchdog::start();
    children::orphans::adopt();
    let names: Vec<String> = std::env::args().skip(1).collect();
    course::begin();
    let program = course::Program::new("practice", clap::ColorChoice::Auto);
    program.run(|program| practice::verify_all(program, &names))
}
