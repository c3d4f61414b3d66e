use crate::Error;

/// What speaks against a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Complaint {
    /// A sum was not the known answer, or the workers did not sum every term exactly once.
    Wrong(String),
    /// A worker could not be started, died, hung or answered nonsense; with the exit code for it.
    Failed(String, u8),
    /// Something that the row needs is missing on this machine.
    Missing(String),
}

impl Complaint {
    /// What an error says against a row. One that needs what this machine lacks has not failed.
    pub fn of(error: &Error) -> Self {
        match error {
            Error::WrongSum { .. } => Complaint::Wrong(error.to_string()),
            Error::Missing { .. } => Complaint::Missing(error.to_string()),
            _ => Complaint::Failed(error.to_string(), error.exit_code()),
        }
    }

    /// The complaint in words.
    pub fn text(&self) -> &str {
        match self {
            Complaint::Wrong(text) | Complaint::Failed(text, _) | Complaint::Missing(text) => text,
        }
    }
}
