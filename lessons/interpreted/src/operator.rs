/// An operator between two values, with the number that it has in CPython's `BINARY_OP`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Operator {
    /// `+`
    Add = 0,
    /// `&`
    And = 1,
    /// `//`
    FloorDivide = 2,
    /// `<<`
    LeftShift = 3,
    /// `*`
    Multiply = 5,
    /// `%`
    Remainder = 6,
    /// `|`
    Or = 7,
    /// `**`
    Power = 8,
    /// `>>`
    RightShift = 9,
    /// `-`
    Subtract = 10,
    /// `/`
    TrueDivide = 11,
    /// `^`
    Xor = 12,
}

impl Operator {
    /// Its symbol in a program.
    pub fn symbol(self) -> &'static str {
        match self {
            Operator::Add => "+",
            Operator::And => "&",
            Operator::FloorDivide => "//",
            Operator::LeftShift => "<<",
            Operator::Multiply => "*",
            Operator::Remainder => "%",
            Operator::Or => "|",
            Operator::Power => "**",
            Operator::RightShift => ">>",
            Operator::Subtract => "-",
            Operator::TrueDivide => "/",
            Operator::Xor => "^",
        }
    }

    /// The operator with this symbol.
    pub fn of(symbol: &str) -> Option<Operator> {
        use Operator::*;
        let all = [Add, And, FloorDivide, LeftShift, Multiply, Remainder, Or, Power, RightShift];
        let rest = [Subtract, TrueDivide, Xor];
        all.into_iter().chain(rest).find(|operator| operator.symbol() == symbol)
    }
}

/// A comparison, with the number that it has in CPython's `COMPARE_OP`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Comparison {
    /// `<`
    Less = 0,
    /// `<=`
    LessEqual = 1,
    /// `==`
    Equal = 2,
    /// `!=`
    NotEqual = 3,
    /// `>`
    Greater = 4,
    /// `>=`
    GreaterEqual = 5,
}

impl Comparison {
    /// Its symbol in a program.
    pub fn symbol(self) -> &'static str {
        match self {
            Comparison::Less => "<",
            Comparison::LessEqual => "<=",
            Comparison::Equal => "==",
            Comparison::NotEqual => "!=",
            Comparison::Greater => ">",
            Comparison::GreaterEqual => ">=",
        }
    }

    /// The comparison with this symbol.
    pub fn of(symbol: &str) -> Option<Comparison> {
        use Comparison::*;
        let all = [Less, LessEqual, Equal, NotEqual, Greater, GreaterEqual];
        all.into_iter().find(|comparison| comparison.symbol() == symbol)
    }

    /// Whether it holds for two values in this order.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Comparison::Less => order.is_lt(),
            Comparison::LessEqual => order.is_le(),
            Comparison::Equal => order.is_eq(),
            Comparison::NotEqual => order.is_ne(),
            Comparison::Greater => order.is_gt(),
            Comparison::GreaterEqual => order.is_ge(),
        }
    }
}

/// A unary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// `-`
    Negative,
    /// `+`
    Positive,
    /// `~`
    Invert,
    /// `not`
    Not,
}
