//! The same for the pipes of every system, on this one.

macro_rules! pipes_of {
    ($system:ident, $pipes:ty) => {
        mod $system {
            use std::io::ErrorKind::WouldBlock;
            use std::process::{Child, Command, Stdio};
            use std::time::Duration;

            use crate::Tail;

            type Pipes = $pipes;

            const LONG: Duration = Duration::from_secs(30);

            fn shell(script: &str) -> (Child, Pipes) {
                let mut command = Command::new("sh");
                command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
                let mut child = command.args(["-c", script]).spawn().expect("a shell starts");
                let streams = (child.stdin.take(), child.stdout.take(), child.stderr.take());
                (child, Pipes::new(streams).expect("the system allows it"))
            }

            fn all(pipes: &mut Pipes, tail: &mut Tail) -> Vec<u8> {
                let (mut all, mut buffer) = (Vec::new(), [0; 1000]);
                loop {
                    match pipes.read(&mut buffer, LONG, tail) {
                        Ok(0) => return all,
                        Ok(length) => all.extend(&buffer[..length]),
                        Err(error) => assert_eq!(error.kind(), WouldBlock),
                    }
                }
            }

            #[test]
            fn both_outputs_are_read() {
                let flood = "yes oh | head -c 300000 >&2; yes no | head -c 200000; echo end >&2";
                let (mut child, mut pipes) = shell(flood);
                let mut tail = Tail::default();
                assert_eq!(all(&mut pipes, &mut tail).len(), 200_000);
                while pipes.wait_for_errors(LONG, &mut tail) {}
                assert_eq!(tail.last_line().as_deref(), Some("end"));
                assert!(child.wait().expect("it was started here").success());
            }

            #[test]
            fn input_arrives_and_ends() {
                let (mut child, mut pipes) = shell("cat; echo end >&2");
                let mut tail = Tail::default();
                assert_eq!(pipes.write(b"hello", LONG, &mut tail).expect("it reads"), 5);
                pipes.close_input();
                assert!(pipes.write(b"hello", LONG, &mut tail).is_err());
                assert_eq!(all(&mut pipes, &mut tail), b"hello");
                child.wait().expect("it was started here");
                pipes.take_errors(&mut tail);
                assert_eq!(tail.last_line().as_deref(), Some("end"));
            }

            #[test]
            fn what_an_ended_child_has_said_is_there() {
                for _ in 0..20 {
                    let (mut child, mut pipes) = shell("echo oh >&2; echo hello");
                    child.wait().expect("it was started here");
                    let (mut tail, mut buffer) = (Tail::default(), [0; 10]);
                    let read = pipes.read(&mut buffer, Pipes::ON_THEIR_WAY, &mut tail);
                    assert_eq!(read.expect("it has spoken"), 6);
                    pipes.take_errors(&mut tail);
                    assert_eq!(tail.last_line().as_deref(), Some("oh"));
                }
            }

            #[test]
            fn a_silent_child_holds_nobody() {
                let (mut child, mut pipes) = shell("exec sleep 60");
                let mut tail = Tail::default();
                let read = pipes.read(&mut [0; 10], Duration::from_millis(20), &mut tail);
                assert_eq!(read.expect_err("nothing comes").kind(), WouldBlock);
                child.kill().and_then(|()| child.wait()).expect("it runs");
            }
        }
    };
}

pipes_of!(polled, crate::system::unix::pipes::Pipes);
pipes_of!(threaded, crate::system::threaded::Pipes);
