//! The notes in the format that is called DWARF.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use addr2line::Context;
use gimli::{
    self, AttributeValue, BaseAddresses, CfaRule, DebugFrame, DebuggingInformationEntry, EhFrame,
    EndianArcSlice, Expression, Operation, RunTimeEndian, Section, SectionId, Unit, UnwindContext,
    UnwindSection,
};
use object::{File, Object, ObjectSection};

use super::Notes;
use crate::place::{Place, Register, Variable};

type Reader = EndianArcSlice<RunTimeEndian>;

/// The notes of an executable, or of an object file.
pub(super) struct Dwarf {
    all: Arc<gimli::Dwarf<Reader>>,
    lines: Context<Reader>,
    /// How to find the caller's frame, in either of two sections.
    frames: (EhFrame<Reader>, DebugFrame<Reader>),
    bases: BaseAddresses,
}

/// Where the frame of a function begins: so many bytes from where the register points to.
type Frame = (Register, i64);

impl Dwarf {
    /// Reads the notes; `None` where there are none.
    ///
    /// # Errors
    ///
    /// Where there are some, and they cannot be read.
    pub(super) fn of(file: &File<'_>) -> Result<Option<Self>, String> {
        let endian =
            if file.is_little_endian() { RunTimeEndian::Little } else { RunTimeEndian::Big };
        if file.section_by_name(SectionId::DebugInfo.name()).is_none() {
            return Ok(None);
        }
        let section = |id: SectionId| -> Result<Reader, String> {
            // An old way to compress sections gives them another name, under which they are found, too.
            let data = match file.section_by_name(id.name()) {
                Some(section) => section.uncompressed_data().map_err(|cause| cause.to_string())?,
                None => Cow::Borrowed(&[][..]),
            };
            Ok(Reader::new(Arc::from(&*data), endian))
        };
        let all = Arc::new(gimli::Dwarf::load(section)?);
        let lines = Context::from_arc_dwarf(Arc::clone(&all)).map_err(|cause| cause.to_string())?;
        let mut frames = (EhFrame::load(section)?, DebugFrame::load(section)?);
        frames.1.set_address_size(if file.is_64() { 8 } else { 4 });
        let start = |name| file.section_by_name(name).map_or(0, |section| section.address());
        let bases = BaseAddresses::default()
            .set_eh_frame(start(SectionId::EhFrame.name()))
            .set_text(start(".text"));
        Ok(Some(Dwarf { all, lines, frames, bases }))
    }
}

impl Notes for Dwarf {
    fn line(&self, address: u64) -> Option<(String, u32)> {
        let location = self.lines.find_location(address).ok()??;
        Some((location.file?.to_owned(), location.line?))
    }

    fn variables(&self, address: u64) -> Vec<Variable> {
        let mut headers = self.all.units();
        while let Ok(Some(header)) = headers.next() {
            let Ok(unit) = self.all.unit(header) else { continue };
            if let Some(found) = self.variables_in(&unit, address) {
                return found;
            }
        }
        Vec::new()
    }
}

impl Dwarf {
    fn variables_in(&self, unit: &Unit<Reader>, address: u64) -> Option<Vec<Variable>> {
        let mut entries = unit.entries();
        let mut function: Option<(isize, Option<Frame>)> = None;
        let mut found = Vec::new();
        // How deep an inlined function stands, whose variables are not this one's.
        let mut inlined: Option<isize> = None;
        while let Ok(Some(entry)) = entries.next_dfs() {
            inlined = inlined.filter(|depth| entry.depth() > *depth);
            let is_function = entry.tag() == gimli::DW_TAG_subprogram;
            match &function {
                None if is_function && self.begins_at(unit, entry, address) => {
                    function = Some((entry.depth(), self.frame(unit, entry, address)));
                }
                None => {}
                Some((depth, _)) if entry.depth() <= *depth => return Some(found),
                Some(_) if inlined.is_some() => {}
                Some(_) if entry.tag() == gimli::DW_TAG_inlined_subroutine => {
                    inlined = Some(entry.depth());
                }
                Some((_, frame)) => {
                    let tags = [gimli::DW_TAG_formal_parameter, gimli::DW_TAG_variable];
                    if tags.contains(&entry.tag()) {
                        found.extend(self.variable(unit, entry, *frame));
                    }
                }
            }
        }
        function.map(|_| found)
    }

    fn begins_at(
        &self,
        unit: &Unit<Reader>,
        entry: &DebuggingInformationEntry<Reader>,
        address: u64,
    ) -> bool {
        let low = entry.attr_value(gimli::DW_AT_low_pc);
        let low = low.and_then(|low| self.all.attr_address(unit, low).ok().flatten());
        low == Some(address)
    }

    fn variable(
        &self,
        unit: &Unit<Reader>,
        entry: &DebuggingInformationEntry<Reader>,
        frame: Option<Frame>,
    ) -> Option<Variable> {
        let name = self.name(unit, entry)?;
        let location = entry.attr_value(gimli::DW_AT_location)?;
        let mut places: Vec<(Range<u64>, Place)> = Vec::new();
        if let Some(everywhere) = location.exprloc_value() {
            places.extend(place(unit, everywhere, frame).map(|place| (0..u64::MAX, place)));
        } else if let Ok(Some(mut list)) = self.all.attr_locations(unit, location) {
            while let Ok(Some(one)) = list.next() {
                let range = one.range.begin..one.range.end;
                places.extend(place(unit, one.data, frame).map(|place| (range, place)));
            }
        }
        (!places.is_empty()).then_some(Variable { name, places })
    }

    /// The frame of the function `entry`, which begins at `address`.
    fn frame(
        &self,
        unit: &Unit<Reader>,
        entry: &DebuggingInformationEntry<Reader>,
        address: u64,
    ) -> Option<Frame> {
        let base = entry.attr_value(gimli::DW_AT_frame_base)?;
        let base = match base.exprloc_value() {
            Some(base) => base,
            // Gcc for mingw lists it: here a register, there another. What holds longest is taken.
            None => {
                let mut list = self.all.attr_locations(unit, base).ok()??;
                let mut longest = None;
                while let Ok(Some(one)) = list.next() {
                    let length = one.range.end.saturating_sub(one.range.begin);
                    if longest.as_ref().is_none_or(|(most, _)| length > *most) {
                        longest = Some((length, one.data));
                    }
                }
                longest?.1
            }
        };
        match only_step(unit, base)? {
            Operation::Register { register } => Some((Register(register.0), 0)),
            Operation::RegisterOffset { register, offset, .. } => {
                Some((Register(register.0), offset))
            }
            Operation::CallFrameCFA => unwound(&self.frames.0, &self.bases, address)
                .or_else(|| unwound(&self.frames.1, &self.bases, address)),
            _ => None,
        }
    }

    /// Its name, or that of the declaration that it is made from.
    fn name(
        &self,
        unit: &Unit<Reader>,
        entry: &DebuggingInformationEntry<Reader>,
    ) -> Option<String> {
        if let Some(name) = entry.attr_value(gimli::DW_AT_name) {
            let name = self.all.attr_string(unit, name).ok()?;
            return Some(gimli::Reader::to_string_lossy(&name).ok()?.into_owned());
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
    unit: &Unit<Reader>,
    expression: Expression<Reader>,
    frame: Option<Frame>,
) -> Option<Place> {
    match only_step(unit, expression)? {
        Operation::Register { register } => Some(Place::Register(Register(register.0))),
        Operation::RegisterOffset { register, offset, .. } => {
            Some(Place::Slot { base: Register(register.0), displacement: offset })
        }
        Operation::FrameOffset { offset } => {
            let (base, start) = frame?;
            Some(Place::Slot { base, displacement: start + offset })
        }
        _ => None,
    }
}

fn only_step(unit: &Unit<Reader>, expression: Expression<Reader>) -> Option<Operation<Reader>> {
    let mut steps = expression.operations(unit.encoding());
    let first = steps.next().ok()??;
    matches!(steps.next(), Ok(None)).then_some(first)
}

/// The frame of the function at `address`, where it lies for most of the function's instructions.
fn unwound<S: UnwindSection<Reader>>(
    section: &S,
    bases: &BaseAddresses,
    address: u64,
) -> Option<Frame> {
    let entry = section.fde_for_address(bases, address, S::cie_from_offset).ok()?;
    let mut context = UnwindContext::new();
    let mut rows = entry.rows(section, bases, &mut context).ok()?;
    let mut longest: Option<(u64, Frame)> = None;
    while let Ok(Some(row)) = rows.next_row() {
        let length = row.end_address() - row.start_address();
        if let CfaRule::RegisterAndOffset { register, offset } = row.cfa()
            && longest.is_none_or(|(most, _)| length > most)
        {
            longest = Some((length, (Register(register.0), *offset)));
        }
    }
    longest.map(|(_, frame)| frame)
}
