use std::rc::Rc;

use super::Code;
use crate::Exception;

/// A function of the program.
#[derive(Debug, Clone)]
pub struct Function {
    /// What it does.
    pub code: Rc<Code>,
}

impl Function {
    /// Checks the number of arguments: a `TypeError` names the missing parameters.
    #[inline]
    pub fn accepts(&self, given: usize) -> Result<(), Box<Exception>> {
        if given == self.code.parameters { Ok(()) } else { Err(self.refuse(given)) }
    }

    #[cold]
    fn refuse(&self, given: usize) -> Box<Exception> {
        let (name, wanted) = (&self.code.name, self.code.parameters);
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        if given > wanted {
            let were = if given == 1 { "was" } else { "were" };
            let arguments = plural(wanted);
            return Exception::type_error(format!(
                "{name}() takes {wanted} positional argument{arguments} but {given} {were} given"
            ));
        }
        let missing: Vec<String> =
            self.code.varnames[given..wanted].iter().map(|name| format!("'{name}'")).collect();
        let list = match missing.as_slice() {
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [first @ .., last] => format!("{}, and {last}", first.join(", ")),
            [] => String::new(),
        };
        Exception::type_error(format!(
            "{name}() missing {} required positional argument{}: {list}",
            missing.len(),
            plural(missing.len())
        ))
    }
}
