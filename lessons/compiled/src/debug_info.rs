//! What the compiler noted down about a function: which line each instruction comes from, and where each
//! variable lies. The format is called DWARF.

use std::ops::Range;
use std::sync::Arc;

use addr2line::Context;
use addr2line::gimli::{
    self, AttributeValue, DebuggingInformationEntry, Dwarf, EndianSlice, Expression, Operation,
    RunTimeEndian, Unit,
};
use object::{File, Object};

use crate::executable::Executable;
use crate::place::{Place, Register, Variable};

type Reader<'e> = EndianSlice<'e, RunTimeEndian>;

/// The number of the register `rbp` of x86-64.
const RBP: u16 = 6;

/// Below the frame lie the address to go back to and the caller's `rbp`, eight bytes each.
const FRAME_TO_RBP: i64 = 16;

/// The notes of a whole executable.
pub(crate) struct DebugInfo<'e> {
    dwarf: Arc<Dwarf<Reader<'e>>>,
    lines: Context<Reader<'e>>,
}

impl<'e> DebugInfo<'e> {
    /// Reads the notes; `None` where there are none.
    ///
    /// # Errors
    ///
    /// Where there are some, and they cannot be read.
    pub(crate) fn of(executable: &'e Executable, file: &File<'e>) -> Result<Option<Self>, String> {
        let endian =
            if file.is_little_endian() { RunTimeEndian::Little } else { RunTimeEndian::Big };
        if file.section_by_name(gimli::SectionId::DebugInfo.name()).is_none() {
            return Ok(None);
        }
        let section = |id: gimli::SectionId| -> Result<Reader<'e>, String> {
            Ok(EndianSlice::new(executable.section(file, id.name())?, endian))
        };
        let dwarf = Arc::new(Dwarf::load(section)?);
        let lines = Context::from_arc_dwarf(Arc::clone(&dwarf));
        Ok(Some(DebugInfo { dwarf, lines: lines.map_err(|cause| cause.to_string())? }))
    }

    /// The file and the line that the instruction at `address` comes from.
    pub(crate) fn line(&self, address: u64) -> Option<(String, u32)> {
        let location = self.lines.find_location(address).ok()??;
        Some((location.file?.to_owned(), location.line?))
    }

    /// The variables of the function that begins at `address`, and where they lie.
    pub(crate) fn variables(&self, address: u64) -> Vec<Variable> {
        let mut headers = self.dwarf.units();
        while let Ok(Some(header)) = headers.next() {
            let Ok(unit) = self.dwarf.unit(header) else { continue };
            if let Some(found) = self.variables_in(&unit, address) {
                return found;
            }
        }
        Vec::new()
    }

    fn variables_in(&self, unit: &Unit<Reader<'e>>, address: u64) -> Option<Vec<Variable>> {
        let mut entries = unit.entries();
        let mut function: Option<(isize, Option<Expression<Reader<'e>>>)> = None;
        let mut found = Vec::new();
        // How deep an inlined function stands, whose variables are not this one's.
        let mut inlined: Option<isize> = None;
        while let Ok(Some(entry)) = entries.next_dfs() {
            inlined = inlined.filter(|depth| entry.depth() > *depth);
            let is_function = entry.tag() == gimli::DW_TAG_subprogram;
            match &function {
                None if is_function && self.begins_at(unit, entry, address) => {
                    let base = entry.attr_value(gimli::DW_AT_frame_base);
                    let base = base.and_then(|base| base.exprloc_value());
                    function = Some((entry.depth(), base));
                }
                None => {}
                Some((depth, _)) if entry.depth() <= *depth => return Some(found),
                Some(_) if inlined.is_some() => {}
                Some(_) if entry.tag() == gimli::DW_TAG_inlined_subroutine => {
                    inlined = Some(entry.depth());
                }
                Some((_, base)) => {
                    let tags = [gimli::DW_TAG_formal_parameter, gimli::DW_TAG_variable];
                    if tags.contains(&entry.tag()) {
                        found.extend(self.variable(unit, entry, base.as_ref()));
                    }
                }
            }
        }
        function.map(|_| found)
    }

    fn begins_at(
        &self,
        unit: &Unit<Reader<'e>>,
        entry: &DebuggingInformationEntry<Reader<'e>>,
        address: u64,
    ) -> bool {
        let low = entry.attr_value(gimli::DW_AT_low_pc);
        let low = low.and_then(|low| self.dwarf.attr_address(unit, low).ok().flatten());
        low == Some(address)
    }

    fn variable(
        &self,
        unit: &Unit<Reader<'e>>,
        entry: &DebuggingInformationEntry<Reader<'e>>,
        base: Option<&Expression<Reader<'e>>>,
    ) -> Option<Variable> {
        let name = self.name(unit, entry)?;
        let location = entry.attr_value(gimli::DW_AT_location)?;
        let mut places: Vec<(Range<u64>, Place)> = Vec::new();
        if let Some(everywhere) = location.exprloc_value() {
            places.extend(place(unit, &everywhere, base).map(|place| (0..u64::MAX, place)));
        } else if let Ok(Some(mut list)) = self.dwarf.attr_locations(unit, location) {
            while let Ok(Some(one)) = list.next() {
                let range = one.range.begin..one.range.end;
                places.extend(place(unit, &one.data, base).map(|place| (range, place)));
            }
        }
        (!places.is_empty()).then_some(Variable { name, places })
    }

    /// Its name, or that of the declaration that it is made from.
    fn name(
        &self,
        unit: &Unit<Reader<'e>>,
        entry: &DebuggingInformationEntry<Reader<'e>>,
    ) -> Option<String> {
        if let Some(name) = entry.attr_value(gimli::DW_AT_name) {
            let name = self.dwarf.attr_string(unit, name).ok()?;
            return Some(name.to_string_lossy().into_owned());
        }
        match entry.attr_value(gimli::DW_AT_abstract_origin)? {
            AttributeValue::UnitRef(origin) => self.name(unit, &unit.entry(origin).ok()?),
            _ => None,
        }
    }
}

/// Where an expression of one step says that a variable lies. Longer ones compute a value that lies
/// nowhere.
fn place(
    unit: &Unit<Reader<'_>>,
    expression: &Expression<Reader<'_>>,
    base: Option<&Expression<Reader<'_>>>,
) -> Option<Place> {
    let slot = |base, displacement| Place::Slot { base: Register(base), displacement };
    match only_step(unit, expression)? {
        Operation::Register { register } => Some(Place::Register(Register(register.0))),
        Operation::RegisterOffset { register, offset, .. } => Some(slot(register.0, offset)),
        Operation::FrameOffset { offset } => match only_step(unit, base?)? {
            Operation::Register { register } => Some(slot(register.0, offset)),
            Operation::CallFrameCFA => Some(slot(RBP, offset + FRAME_TO_RBP)),
            _ => None,
        },
        _ => None,
    }
}

fn only_step<'e>(
    unit: &Unit<Reader<'e>>,
    expression: &Expression<Reader<'e>>,
) -> Option<Operation<Reader<'e>>> {
    let mut steps = expression.operations(unit.encoding());
    let first = steps.next().ok()??;
    matches!(steps.next(), Ok(None)).then_some(first)
}
