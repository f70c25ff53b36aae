//! The figures that ours is held to.

use serde::{Deserialize, Serialize};

/// A figure, and what was measured.
#[derive(Debug, Serialize, Deserialize)]
pub struct Figure {
    /// What it is of, as in "at most x raw".
    pub what: String,
    /// What was asked for.
    pub asked: f64,
    /// What it is. No number, such as of a division by nothing, misses every figure.
    pub measured: Option<f64>,
    least: bool,
    told: bool,
    why: String,
}

impl Figure {
    /// What should be no more than this.
    pub fn at_most(what: impl Into<String>, asked: f64, measured: f64) -> Self {
        Self::new(what.into(), asked, measured, false)
    }

    /// What should be no less than this.
    pub fn at_least(what: impl Into<String>, asked: f64, measured: f64) -> Self {
        Self::new(what.into(), asked, measured, true)
    }

    fn new(what: String, asked: f64, measured: f64, least: bool) -> Self {
        let measured = measured.is_finite().then_some(measured);
        Self { what, asked, measured, least, told: false, why: String::new() }
    }

    /// The same figure, which no check fails by: how long something takes depends on who else is on the
    /// machine.
    #[must_use]
    pub fn only_told(self) -> Self {
        Self { told: true, ..self }
    }

    /// The reason, which is said if the figure is missed.
    #[must_use]
    pub fn because(self, why: impl Into<String>) -> Self {
        Self { why: why.into(), ..self }
    }

    /// Whether it is met.
    pub fn is_met(&self) -> bool {
        self.excess().is_some_and(|excess| excess <= 0.0)
    }

    /// Whether it is met, or missed by no more than 2 %, or only told: another processor has another
    /// `memcpy`, and so counts a little differently.
    pub fn holds(&self) -> bool {
        self.told || self.excess().is_some_and(|excess| excess <= 0.02)
    }

    /// Why it is missed, if that is known.
    pub fn why(&self) -> Option<&str> {
        (!self.is_met() && !self.why.is_empty()).then_some(&self.why)
    }

    /// "met", or by how much it is missed.
    pub fn verdict(&self) -> String {
        match self.excess() {
            Some(excess) if excess <= 0.0 => "met".into(),
            Some(f64::INFINITY) => "missed".into(),
            Some(excess) if excess < 0.001 => "missed by less than 0.1 %".into(),
            Some(excess) if excess < 1.0 => format!("missed by {:.1} %", 100.0 * excess),
            Some(excess) => format!("missed: {:.1} times", 1.0 + excess),
            None => "missed: no number".into(),
        }
    }

    /// As a terminal shows it.
    pub fn text(&self) -> String {
        let verdict = self.verdict().replacen("missed", "MISSED", 1);
        format!("{:64} {:>10} {:>10} {verdict}", self.what, number(self.asked), self.shown())
    }

    /// What it is, for a reader.
    pub fn shown(&self) -> String {
        self.measured.map_or_else(|| "-".into(), number)
    }

    /// What was asked for, for a reader.
    pub fn shown_asked(&self) -> String {
        number(self.asked)
    }

    /// By which part of what was asked it is missed.
    fn excess(&self) -> Option<f64> {
        let measured = self.measured?;
        // None at all was asked for.
        if self.asked == 0.0 {
            return Some(if measured > 0.0 { f64::INFINITY } else { 0.0 });
        }
        let times = measured / self.asked;
        Some(if self.least { 1.0 - times } else { times - 1.0 })
    }
}

/// Three digits behind the point are enough for a ratio, and none for thousands.
fn number(number: f64) -> String {
    let digits = if number.abs() >= 1000.0 || number.fract() == 0.0 { 0 } else { 3 };
    super::grouped(number, digits)
}

#[cfg(test)]
mod tests {
    use super::Figure;

    #[test]
    fn a_figure_is_met_nearly_met_or_missed() {
        for (figure, met, holds, verdict) in [
            (Figure::at_most("", 1.3, 1.3), true, true, "met"),
            (Figure::at_most("", 1.35, 1.3505), false, true, "missed by less than 0.1 %"),
            (Figure::at_most("", 1.0, 1.015), false, true, "missed by 1.5 %"),
            (Figure::at_most("", 1.0, 1.5), false, false, "missed by 50.0 %"),
            (Figure::at_most("", 1.0, 2.5), false, false, "missed: 2.5 times"),
            (Figure::at_most("", 1.0, 2.5).only_told(), false, true, "missed: 2.5 times"),
            (Figure::at_least("", 2.0, 2.5), true, true, "met"),
            (Figure::at_least("", 2.0, 1.5), false, false, "missed by 25.0 %"),
            (Figure::at_most("", 0.0, 0.0), true, true, "met"),
            (Figure::at_most("", 0.0, 1.0), false, false, "missed"),
            (Figure::at_most("", 1.0, f64::NAN), false, false, "missed: no number"),
        ] {
            assert_eq!(
                (figure.is_met(), figure.holds(), &*figure.verdict()),
                (met, holds, verdict),
                "{figure:?}"
            );
        }
    }

    #[test]
    fn a_reason_is_given_for_what_is_missed_alone() {
        assert_eq!(Figure::at_most("", 1.0, 2.0).because("it is far").why(), Some("it is far"));
        assert_eq!(Figure::at_most("", 1.0, 1.0).because("it is far").why(), None);
        assert_eq!(Figure::at_most("", 1.0, 2.0).why(), None);
    }
}
